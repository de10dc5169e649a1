/// Count, mean and sample standard deviation of a list of numbers.
///
/// Sums are compensated, so they are right to the last digits for any number of values, and they
/// run in the order of the list: equal lists give equal bits.
public struct Summary: Sendable, Equatable {
  /// How many values there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their standard deviation with divisor `count - 1`; nil for a single value.
  public let standardDeviation: Double?

  /// The standard error of the mean, for independent values; nil for a single value.
  public var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }

  /// The summary of `values`; nil if there are none.
  ///
  /// - Complexity: O(values).
  public init?(of values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = Self.sum(values) / Double(values.count)
    self.count = values.count
    self.mean = mean
    if values.count > 1 {
      let squares = Self.sum(values.map { ($0 - mean) * ($0 - mean) })
      standardDeviation = (squares / Double(values.count - 1)).squareRoot()
    } else {
      standardDeviation = nil
    }
  }

  /// A mean whose values' spread is not that of its uncertainty.
  init(count: Int, mean: Double) {
    self.count = count
    self.mean = mean
    standardDeviation = nil
  }

  /// The compensated sum of `values` (Neumaier's variant of Kahan's).
  public static func sum(_ values: [Double]) -> Double {
    var total = 0.0
    var lost = 0.0
    for value in values {
      let next = total + value
      lost += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
      total = next
    }
    return total.isFinite ? total + lost : total
  }
}
