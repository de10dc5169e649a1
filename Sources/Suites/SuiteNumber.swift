import Foundation

/// Numbers in the sentences of errors.
package enum SuiteNumber {
  /// With as few digits as tell it: `5`, `0.05`.
  package static func text(_ value: Double) -> String { String(format: "%g", value) }
}
