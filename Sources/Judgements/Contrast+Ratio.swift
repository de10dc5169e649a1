import Statistics

extension Contrast {
  /// Fieller's 95 % interval of the ratio Σ left / Σ other: all ratios ρ for which
  /// Σ left − ρ · Σ other is not significantly different from zero.
  ///
  /// - Parameter estimate: The contrast's estimate at a ratio; nil where there is none.
  /// - Returns: nil if the denominator is not clearly above zero: then no ratio can be told.
  /// - Reference: Fieller, Some problems in interval estimation (1954).
  static func ratio(_ estimate: (_ factor: Double) -> Estimate?)
    -> (value: Double, range: ClosedRange<Double>)?
  {
    // The mean is linear in the factor, the variance a parabola: three points tell both.
    guard let zero = estimate(0), let one = estimate(1), let two = estimate(2) else { return nil }
    let denominator = zero.mean - one.mean
    let otherVariance = (two.variance - 2 * one.variance + zero.variance) / 2
    let covariance = (zero.variance + otherVariance - one.variance) / 2
    guard denominator > 0, let freedom = estimate(zero.mean / denominator)?.freedom else {
      return nil
    }
    let t = StudentT(degreesOfFreedom: freedom).quantile(0.975)
    let a = denominator * denominator - t * t * otherVariance
    let b = zero.mean * denominator - t * t * covariance
    let c = zero.mean * zero.mean - t * t * zero.variance
    guard a > 0 else { return nil }
    let root = max(0, b * b - a * c).squareRoot()
    return (zero.mean / denominator, (b - root) / a...(b + root) / a)
  }
}
