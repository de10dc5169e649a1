/// The mean difference of two algorithms' scores on the same episodes, by Student's paired t.
///
///     let difference = PairedDifference(maml, fomaml)!
///     print(difference.mean, difference.halfWidth, difference.p)
///     difference.pAtLeast(-0.01)   // small where the first is at most one point worse
///
/// - Reference: Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), 2.3.5 (d_z).
public struct PairedDifference: Sendable, Equatable {
  /// The mean of first minus second.
  public let mean: Double
  /// Half the width of the interval around the mean.
  public let halfWidth: Double
  /// The standard deviation of the differences.
  public let standardDeviation: Double
  /// Student's t; infinite where all differences are one number, and 0 where that is zero.
  public let t: Double
  /// The two-sided p-value of the hypothesis of no difference.
  public let p: Double
  /// The number of pairs.
  public let count: Int
  /// How often such intervals hold the true difference, as in 0.95.
  public let confidence: Double
  /// Cohen's d_z: the mean in standard deviations of the differences.
  public let effectSize: Double
  /// Pearson's correlation of the two; 0 where one of them does not vary.
  public let correlation: Double
  /// The variance of the differences divided by the sum of both variances: below 1 where pairing
  /// helped; 1 where neither varies.
  public let varianceRatio: Double

  /// The lower end of the interval.
  public var lower: Double { mean - halfWidth }
  /// The upper end of the interval.
  public var upper: Double { mean + halfWidth }
  /// The standard error of the mean.
  public var standardError: Double { standardDeviation / Double(count).squareRoot() }
  /// The number of pairs minus one.
  public var degreesOfFreedom: Double { Double(count - 1) }

  /// The difference `a` minus `b`; nil under two pairs.
  ///
  /// - Parameters:
  ///   - a: The first's scores `[episodes]`.
  ///   - b: The second's scores `[episodes]`, of the same episodes in the same order.
  /// - Precondition: both have the same length, and `confidence` is above 0 and below 1.
  public init?(_ a: [Double], _ b: [Double], confidence: Double = 0.95) {
    precondition(a.count == b.count, "one score of each per episode")
    guard a.count > 1, let first = Summary(of: a), let second = Summary(of: b),
      let differences = Summary(of: zip(a, b).map { $0 - $1 }),
      let deviation = differences.standardDeviation,
      let spreadA = first.standardDeviation, let spreadB = second.standardDeviation
    else { return nil }
    mean = differences.mean
    standardDeviation = deviation
    count = a.count
    self.confidence = confidence
    let freedom = Double(a.count - 1)
    let student = StudentT(degreesOfFreedom: freedom)
    let error = deviation / Double(a.count).squareRoot()
    halfWidth = student.quantile((1 + confidence) / 2) * error
    t = mean == 0 ? 0 : mean / error
    p = min(1, 2 * student.upperTail(abs(t)))
    effectSize = mean == 0 ? 0 : mean / deviation
    let covariance =
      Summary.sum(zip(a, b).map { ($0 - first.mean) * ($1 - second.mean) }) / freedom
    let both = spreadA * spreadB
    correlation = both > 0 ? max(-1, min(1, covariance / both)) : 0
    let apart = spreadA * spreadA + spreadB * spreadB
    varianceRatio = apart > 0 ? deviation * deviation / apart : 1
  }

  /// The one-sided p-value of "the difference is at most `bound`" against "it is above": with
  /// `bound` = −margin, that of a non-inferiority test.
  public func pAtLeast(_ bound: Double) -> Double {
    Self.upperTail(mean - bound, standardError, degreesOfFreedom)
  }

  /// The one-sided p-value of "the difference is at least `bound`" against "it is below".
  public func pAtMost(_ bound: Double) -> Double {
    Self.upperTail(bound - mean, standardError, degreesOfFreedom)
  }

  /// The probability of more than `distance` under Student's t, in units of `error`; without any
  /// error 0 above, 1 below and 1/2 at the bound itself.
  static func upperTail(_ distance: Double, _ error: Double, _ freedom: Double) -> Double {
    StudentT(degreesOfFreedom: freedom).upperTail(distance == 0 ? 0 : distance / error)
  }
}
