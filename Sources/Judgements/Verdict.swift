import Kinds
import Statistics

/// How a measured mean compares with a published one: within a margin by an equivalence test,
/// better, worse, or none of these for lack of precision.
///
/// The difference has the uncertainty of both: the measured one's over test episodes and, where
/// there are several, repeats; and the published figure's, by its own interval or, where the paper
/// gives none, by what its number of test episodes tells (``Precision``).
///
/// - Reference: Schuirmann 1987 (two one-sided tests); Welch 1947; Bhatia and Davis 2000 (the
///   greatest variance of bounded scores).
public struct Verdict: Sendable, Equatable {
  /// How it came out.
  public enum Outcome: String, Sendable {
    /// The two are within the margin (both one-sided tests at 5 %).
    case agrees
    /// The whole 95 % interval of the difference is on the good side of zero (a higher accuracy, a
    /// smaller loss), and they are not within the margin.
    case better
    /// The whole 95 % interval of the difference is on the bad side of zero, and they are not within
    /// the margin.
    case worse
    /// Neither.
    case cannotTell = "cannot tell"
  }

  /// What a verdict takes the uncertainty of a published figure from.
  public enum Precision: String, Sendable {
    /// Its own interval.
    case interval
    /// Its number of test episodes n: scores in 0...1 with mean m have a variance of m(1 − m) at
    /// most, so their mean has a standard error of √(m(1 − m)/n) at most.
    case bound
    /// Its number of test episodes: losses have no greatest variance, so its scores are taken to
    /// spread as the measured ones do, in proportion to their mean.
    case spread
    /// Nothing but its last digit: not even its number of episodes is known, so that the interval of
    /// the difference is too narrow.
    case rounding
  }

  /// What a paper reports, in the unit of results.
  public struct Figure: Sendable, Equatable {
    /// The mean.
    public let value: Double
    /// Whether it is an accuracy, in 0...1 and the better the higher; if not, it is a loss.
    public let isAccuracy: Bool
    /// Half the width of its 95 % interval; nil if the paper gives none.
    public let halfWidth: Double?
    /// What its last digit stands for.
    public let resolution: Double
    /// The number of its test episodes; nil if not known.
    public let episodes: Int?

    /// A figure from its parts.
    public init(
      value: Double, isAccuracy: Bool, halfWidth: Double?, resolution: Double, episodes: Int?
    ) {
      self.value = value
      self.isAccuracy = isAccuracy
      self.halfWidth = halfWidth
      self.resolution = resolution
      self.episodes = episodes
    }

    /// The difference that counts as none: one point of accuracy, a tenth of a loss.
    public var margin: Double { isAccuracy ? 0.01 : abs(value) / 10 }

    /// What its uncertainty is taken from.
    public var precision: Precision {
      if halfWidth != nil { return .interval }
      guard episodes != nil else { return .rounding }
      return isAccuracy ? .bound : .spread
    }
  }

  /// Measured minus published, in the unit of results.
  public let difference: Double
  /// The 95 % interval of the difference.
  public let interval: ClosedRange<Double>
  /// The difference that counts as none, to both sides.
  public let margin: Double
  /// The p-value of the equivalence test.
  public let p: Double
  /// What the published figure's uncertainty was taken from.
  public let precision: Precision
  /// How it came out.
  public let outcome: Outcome

  /// The verdict on a measured mean; nil if there is no interval or the margin is not above zero.
  ///
  /// - Parameters:
  ///   - repeats: The scores, `[repeats][episodes]`, the same episodes in the same order.
  ///   - variesBy: What makes the repeats differ.
  ///   - figure: What the paper reports.
  ///   - margin: The difference that counts as none; the figure's own if nil.
  public init?(
    _ repeats: [[Double]], variesBy: Variation = .training, against figure: Figure, margin: Double? = nil
  ) {
    guard !repeats.isEmpty,
      let design = CrossedDesign([
        .init(
          repeats, repeats: variesBy == .nothing ? .alike : .drawn(0, kind: 0),
          range: figure.isAccuracy ? 0...1 : nil)
      ])
    else { return nil }
    let estimate = (design.combined() ?? design.overUnits)
      .minus(figure.value, figure.error(beside: repeats))
    difference = estimate.mean
    self.margin = margin ?? figure.margin
    precision = figure.precision
    guard let test = Equivalence(estimate, margin: self.margin) else { return nil }
    interval = estimate.interval()
    p = test.p
    let isHigher = interval.lowerBound > 0
    outcome =
      test.isEquivalent
      ? .agrees
      : isHigher || interval.upperBound < 0
        ? (isHigher == figure.isAccuracy ? .better : .worse) : .cannotTell
  }
}

extension Verdict.Figure {
  /// Its standard error with its degrees of freedom.
  ///
  /// - Parameter repeats: The measured scores beside it, `[repeats][episodes]`.
  fileprivate func error(beside repeats: [[Double]]) -> CrossedDesign.Estimate.Part {
    // A rounded number lies anywhere within its last digit.
    let rounding = resolution * resolution / 12
    func squared(_ error: Double) -> Double { error * error }
    switch precision {
    case .interval:
      guard let episodes, episodes > 1 else {
        return .init(variance: squared(halfWidth! / Normal.quantile(0.975)), freedom: .infinity)
      }
      let freedom = Double(episodes - 1)
      let t = StudentT(degreesOfFreedom: freedom).quantile(0.975)
      return .init(variance: squared(halfWidth! / t), freedom: freedom)
    case .bound:
      return .init(variance: max(0, value * (1 - value)) / Double(episodes!) + rounding, freedom: .infinity)
    case .spread:
      let relative = Self.relativeVariance(repeats)
      return .init(
        variance: relative * value * value / Double(episodes!) + rounding,
        freedom: Double(repeats[0].count - 1))
    case .rounding: return .init(variance: rounding, freedom: .infinity)
    }
  }

  /// The variance of one trained network's scores over the episodes, in squares of their mean.
  private static func relativeVariance(_ repeats: [[Double]]) -> Double {
    let relative = repeats.compactMap { scores -> Double? in
      guard let summary = Summary(of: scores), let deviation = summary.standardDeviation,
        summary.mean != 0
      else { return nil }
      return deviation * deviation / (summary.mean * summary.mean)
    }
    return relative.isEmpty ? 0 : Summary.sum(relative) / Double(relative.count)
  }
}
