import FewShot
import Kinds
import Measures

/// What conditions and axes can ask of a cell, finished or still being read.
struct CellCoordinates {
  let algorithm: String
  let dataset: String
  let split: String
  let way: Int
  let shot: Int
  let repetition: Int
  let test: TestProtocol
  let settings: Settings

  /// Keys of the test protocol that an entry of the grid may fix, so that cells of several stand side by
  /// side.
  static let testKeys = ["batchNorm", "normalizeQueries"]

  /// The value on an axis of the grid, the `split`, one of ``testKeys``, or a setting; nil if there is
  /// none such.
  func value(of key: String) -> SettingValue? {
    switch key {
    case "algorithm": .text(algorithm)
    case "dataset": .text(dataset)
    case "split": .text(split)
    case "way": .integer(way)
    case "shot": .integer(shot)
    case "repeat": .integer(repetition)
    case "batchNorm": .text(test.batchNorm.rawValue)
    case "normalizeQueries": .text(test.normalizeQueries.text)
    default: settings[key]
    }
  }
}
