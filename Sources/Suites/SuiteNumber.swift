import Foundation

/// Numbers in the sentences of errors.
enum SuiteNumber {
  /// With as few digits as tell it: `5`, `0.05`.
  static func text(_ value: Double) -> String { String(format: "%g", value) }
}
