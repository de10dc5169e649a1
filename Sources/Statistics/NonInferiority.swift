/// A one-sided t test of "the first is worse than the second by the margin or more".
///
///     NonInferiority(difference, margin: 0.01)!.isNonInferior
///
/// - Reference: Blackwelder, "Proving the null hypothesis" in clinical trials, Controlled Clinical
///   Trials 3 (1982).
public struct NonInferiority: Sendable, Equatable {
  /// How much worse still counts as no worse.
  public let margin: Double
  /// The greatest p-value that counts as shown.
  public let alpha: Double
  /// The one-sided p-value of "the difference is at most −margin".
  public let p: Double

  /// Whether non-inferiority is shown: the same as that the lower end of the interval of confidence
  /// 1 − 2 alpha is above −margin.
  public var isNonInferior: Bool { p <= alpha }

  /// The test of a difference, first minus second; nil if a number is not finite, the error or the
  /// margin is negative, or the degrees of freedom are not above zero.
  public init?(
    mean: Double, standardError: Double, degreesOfFreedom: Double, margin: Double,
    alpha: Double = 0.05
  ) {
    guard mean.isFinite, standardError.isFinite, standardError >= 0, degreesOfFreedom.isFinite,
      degreesOfFreedom > 0, margin.isFinite, margin >= 0
    else { return nil }
    self.margin = margin
    self.alpha = alpha
    p = PairedDifference.upperTail(mean + margin, standardError, degreesOfFreedom)
  }

  /// The test of a paired difference; nil if the margin is negative.
  public init?(_ difference: PairedDifference, margin: Double, alpha: Double = 0.05) {
    self.init(
      mean: difference.mean, standardError: difference.standardError,
      degreesOfFreedom: difference.degreesOfFreedom, margin: margin, alpha: alpha)
  }
}
