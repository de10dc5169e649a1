import Statistics

/// How a measured mean compares with a published one: within a margin by an equivalence test,
/// above, below, or none of these for lack of precision.
///
/// The difference has the uncertainty of both: the published figure's own interval, where it has
/// one, and the measured one's over test episodes and, where there are several, repeats.
///
/// - Reference: Schuirmann 1987 (two one-sided tests); Welch 1947.
public struct Verdict: Sendable, Equatable {
  /// How it came out.
  public enum Outcome: String, Sendable {
    /// The two are within the margin (both one-sided tests at 5 %).
    case agrees
    /// The whole 95 % interval of the difference is above zero, and they are not within the margin.
    case above
    /// The whole 95 % interval of the difference is below zero, and they are not within the margin.
    case below
    /// Neither.
    case cannotTell = "cannot tell"
  }

  /// What a paper reports, in the unit of results.
  public struct Figure: Sendable, Equatable {
    /// The mean.
    public let value: Double
    /// Half the width of its 95 % interval; nil if the paper gives none.
    public let halfWidth: Double?
    /// What its last digit stands for: without an interval it counts as exact but for rounding.
    public let resolution: Double
    /// The number of its test episodes; nil if not known.
    public let episodes: Int?

    /// A figure from its parts.
    public init(value: Double, halfWidth: Double?, resolution: Double, episodes: Int?) {
      self.value = value
      self.halfWidth = halfWidth
      self.resolution = resolution
      self.episodes = episodes
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
  /// How it came out.
  public let outcome: Outcome

  /// The margin for a figure: one point of accuracy, a tenth of a loss.
  public static func margin(metric: String, published: Double) -> Double {
    metric == "accuracy" ? 0.01 : abs(published) / 10
  }

  /// The verdict on a measured mean; nil if there is no interval or the margin is not above zero.
  ///
  /// - Parameters:
  ///   - repeats: The scores, `[repeats][episodes]`, the same episodes in the same order.
  ///   - figure: What the paper reports.
  ///   - margin: The difference that counts as none.
  public init?(_ repeats: [[Double]], against figure: Figure, margin: Double) {
    guard let levels = TwoLevelUncertainty(repeats), let count = repeats.first?.count, count > 1,
      let halfWidth = (levels.combined ?? levels.overEpisodes).halfWidth
    else { return nil }
    let freedom = Double(count - 1)
    let error = halfWidth / StudentT(degreesOfFreedom: freedom).quantile(0.975)
    let published = Self.error(of: figure)
    let variance = error * error + published.error * published.error
    let spread =
      error * error * error * error / freedom
      + published.error * published.error * published.error * published.error / published.freedom
    let total = spread > 0 ? variance * variance / spread : freedom
    difference = levels.overEpisodes.mean - figure.value
    self.margin = margin
    guard let test = Equivalence(
      mean: difference, standardError: variance.squareRoot(), degreesOfFreedom: total,
      margin: margin)
    else { return nil }
    let half = StudentT(degreesOfFreedom: total).quantile(0.975) * variance.squareRoot()
    interval = difference - half...difference + half
    p = test.p
    outcome =
      test.isEquivalent
      ? .agrees
      : interval.lowerBound > 0 ? .above : interval.upperBound < 0 ? .below : .cannotTell
  }

  /// The standard error of a figure, by its interval or else by its rounding, with its degrees of
  /// freedom.
  private static func error(of figure: Figure) -> (error: Double, freedom: Double) {
    guard let halfWidth = figure.halfWidth else {
      // A rounded number lies anywhere within its last digit.
      return (figure.resolution / 12.0.squareRoot(), .infinity)
    }
    guard let episodes = figure.episodes, episodes > 1 else {
      return (halfWidth / Normal.quantile(0.975), .infinity)
    }
    let freedom = Double(episodes - 1)
    return (halfWidth / StudentT(degreesOfFreedom: freedom).quantile(0.975), freedom)
  }
}
