import Algorithms

/// What conditions and axes can ask of a cell, finished or still being read.
struct CellCoordinates {
  let algorithm: String
  let dataset: String
  let split: String
  let way: Int
  let shot: Int
  let repetition: Int
  let settings: Settings

  /// The value on an axis of the grid, the `split`, or a setting; nil if there is none such.
  func value(of key: String) -> SettingValue? {
    switch key {
    case "algorithm": .text(algorithm)
    case "dataset": .text(dataset)
    case "split": .text(split)
    case "way": .integer(way)
    case "shot": .integer(shot)
    case "repeat": .integer(repetition)
    default: settings[key]
    }
  }
}
