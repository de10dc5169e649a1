import Kinds
import Measures

/// What conditions and axes can ask of a cell, finished or still being read.
struct CellCoordinates {
  let algorithm: String
  let dataset: String
  let split: String
  let axes: Settings
  let repetition: Int
  let test: Settings
  /// Keys of the test that an entry of the grid may fix.
  let fixable: [String]
  let settings: Settings

  /// The value on an axis of the grid, the `split`, a key of the test that the grid may fix, or a setting;
  /// nil if there is none such.
  func value(of key: String) -> SettingValue? {
    switch key {
    case "algorithm": .text(algorithm)
    case "dataset": .text(dataset)
    case "split": .text(split)
    case "repeat": .integer(repetition)
    case let key where fixable.contains(key): test[key]
    default: axes[key] ?? settings[key]
    }
  }
}
