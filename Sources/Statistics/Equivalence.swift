/// Two one-sided t tests of "the difference is not within ±margin".
///
///     Equivalence(mean: 0.002, standardError: 0.003, degreesOfFreedom: 599, margin: 0.01)!
///       .isEquivalent
///
/// - Reference: Schuirmann, A comparison of the two one-sided tests procedure and the power
///   approach, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987).
public struct Equivalence: Sendable, Equatable {
  /// The margin to both sides of zero.
  public let margin: Double
  /// The greatest p-value that counts as shown.
  public let alpha: Double
  /// The one-sided p-value of "the difference is at most −margin".
  public let pAboveLower: Double
  /// The one-sided p-value of "the difference is at least margin".
  public let pBelowUpper: Double

  /// The p-value of both together: the greater one.
  public var p: Double { max(pAboveLower, pBelowUpper) }
  /// Whether equivalence is shown: the same as that the interval of confidence 1 − 2 alpha lies
  /// within the margin.
  public var isEquivalent: Bool { p <= alpha }

  /// The tests of an estimated difference; nil if a number is not finite, the error is negative, or
  /// the margin or the degrees of freedom are not above zero.
  public init?(
    mean: Double, standardError: Double, degreesOfFreedom: Double, margin: Double,
    alpha: Double = 0.05
  ) {
    guard mean.isFinite, standardError.isFinite, standardError >= 0, degreesOfFreedom.isFinite,
      degreesOfFreedom > 0, margin.isFinite, margin > 0
    else { return nil }
    self.margin = margin
    self.alpha = alpha
    pAboveLower = PairedDifference.upperTail(mean + margin, standardError, degreesOfFreedom)
    pBelowUpper = PairedDifference.upperTail(margin - mean, standardError, degreesOfFreedom)
  }

  /// The tests of an estimate of several causes; nil if its mean or variance is not finite, or the margin not above zero.
  public init?(_ estimate: CrossedDesign.Estimate, margin: Double, alpha: Double = 0.05) {
    guard estimate.mean.isFinite, estimate.variance.isFinite, margin.isFinite, margin > 0 else { return nil }
    self.margin = margin
    self.alpha = alpha
    pAboveLower = estimate.pAtLeast(-margin)
    pBelowUpper = estimate.pAtMost(margin)
  }

  /// The tests of a paired difference; nil if the margin is not above zero.
  public init?(_ difference: PairedDifference, margin: Double, alpha: Double = 0.05) {
    self.init(
      mean: difference.mean, standardError: difference.standardError,
      degreesOfFreedom: difference.degreesOfFreedom, margin: margin, alpha: alpha)
  }
}
