import Foundation

extension Interval {
  /// The interval of accuracies: Student's t where that keeps its promise, and `bounded` where it does
  /// not; nil if there are none.
  ///
  /// It does not where scores are few (under 20), all equal, skewed so much that their mean is not yet
  /// normal (Cochran's rule: n must exceed 25 γ², with γ the skewness), or where the interval would leave
  /// 0...1. `Documentation/Statistics.md` has its simulated coverage.
  ///
  /// - Precondition: all values are in 0...1, and `confidence` is above 0 and below 1.
  /// - Reference: Cochran, Sampling Techniques (1977), section 2.15.
  /// - Complexity: O(values).
  public static func ofAccuracies(
    _ values: [Double], over unit: Unit, confidence: Double = 0.95
  ) -> Interval? {
    guard let student = Interval(of: values, over: unit, confidence: confidence) else { return nil }
    guard student.halfWidth != nil, isAtEdge(values, student) else { return student }
    return bounded(of: values, over: unit, confidence: confidence)
  }

  private static func isAtEdge(_ values: [Double], _ student: Interval) -> Bool {
    let n = Double(values.count)
    let deviations = values.map { $0 - student.mean }
    let squares = Summary.sum(deviations.map { $0 * $0 }) / n
    let cubes = Summary.sum(deviations.map { $0 * $0 * $0 }) / n
    return values.count < 20 || values.allSatisfy { $0 == values[0] }
      || student.lower < 0 || student.upper > 1
      // 25 γ² ≥ n.
      || 25 * cubes * cubes >= n * squares * squares * squares
  }

  /// The longer of the two sides of the interval: half its width where it lies around the mean; nil for a
  /// single value.
  public var longerSide: Double? {
    guard estimator == .transformed || estimator == .bcaBootstrap else { return halfWidth }
    return halfWidth.map { _ in max(mean - lower, upper - mean) }
  }

  /// Both ends; nil for a single value, which has no interval.
  public var ends: ClosedRange<Double>? {
    guard halfWidth != nil, lower <= upper else { return nil }
    return lower...upper
  }
}
