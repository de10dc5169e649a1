import Foundation

extension Interval {
  /// Student's t interval after Hall's monotone cubic transformation, which removes what skewness
  /// does to t; nil if there are no values.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  /// - Reference: Hall, On the removal of skewness by transformation, Journal of the Royal
  ///   Statistical Society B 54 (1992), section 2, with a = 1/3 and b = 1/6.
  public static func transformed(
    of values: [Double], over unit: Unit, confidence: Double = 0.95
  ) -> Interval? {
    guard let summary = Summary(of: values) else { return nil }
    guard let deviation = summary.standardDeviation, deviation > 0 else {
      return Interval(
        summary, halfWidth: summary.standardDeviation, unit: unit, .transformed, confidence)
    }
    let n = Double(values.count)
    let deviations = values.map { $0 - summary.mean }
    let spread = (Summary.sum(deviations.map { $0 * $0 }) / n).squareRoot()
    let skewness = Summary.sum(deviations.map { $0 * $0 * $0 }) / (n * spread * spread * spread)
    let t = StudentT(degreesOfFreedom: n - 1).quantile((1 + confidence) / 2) / n.squareRoot()
    // The inverse of g(x) = x + γ x² / 3 + γ² x³ / 27 + γ / 6n, at ±t.
    func inverse(_ y: Double) -> Double {
      let shifted = y - skewness / (6 * n)
      let root = cbrt(1 + skewness * shifted)
      return 3 * shifted / (root * root + root + 1)
    }
    let lower = summary.mean - deviation * inverse(t)
    let upper = summary.mean - deviation * inverse(-t)
    return Interval(summary, ends: (lower, upper), unit: unit, .transformed, confidence)
  }

  /// The interval for means of bounded, discrete scores, as accuracies are: it keeps its coverage
  /// near 0 and 1, where they are skewed; nil if there are no values.
  ///
  /// It is `transformed`, cut off at 0 and 1. Where all scores are equal there is no spread to go
  /// by, and the ends are exact bounds: n scores with mean μ are all c or more with probability
  /// (μ / c)ⁿ at most (Markov's inequality), and correspondingly for 1 − μ.
  /// `Documentation/Statistics.md` has its simulated coverage beside that of others.
  ///
  /// - Precondition: all values are in 0...1, and `confidence` is above 0 and below 1.
  public static func bounded(
    of values: [Double], over unit: Unit, confidence: Double = 0.95
  ) -> Interval? {
    precondition(values.allSatisfy { (0...1).contains($0) }, "scores are in 0...1")
    guard let summary = Summary(of: values),
      let interval = transformed(of: values, over: unit, confidence: confidence)
    else { return nil }
    guard summary.standardDeviation != nil else { return interval }
    let score = values[0]
    if values.allSatisfy({ $0 == score }) {
      let factor = pow((1 - confidence) / 2, 1 / Double(values.count))
      return Interval(
        summary, ends: (score * factor, 1 - (1 - score) * factor), unit: unit, .transformed,
        confidence)
    }
    return Interval(
      summary, ends: (max(0, interval.lower), min(1, interval.upper)), unit: unit, .transformed,
      confidence)
  }
}
