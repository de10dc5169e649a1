/// How many test episodes a wanted half-width needs, decided while they are scored.
///
///     let rule = SequentialWidth(halfWidth: 0.005)
///     while let count = rule.needsMore(scores) { scores += score(episodes: scores.count..<count) }
///     rule.interval(scores)
///
/// Episodes are added until the interval of all of them is as narrow as wanted, in steps that at
/// most double their number. Stopping on the width alone keeps the interval's coverage, because it
/// hardly depends on where the mean lies once skewness is removed; a first stage that is not too
/// small does the rest. `Documentation/Statistics.md` shows it by simulation.
///
/// - Reference: Chow and Robbins, On the asymptotic theory of fixed-width sequential confidence
///   intervals for the mean, Annals of Mathematical Statistics 36 (1965); Hall, Asymptotic theory
///   of triple sampling, Annals of Statistics 9 (1981), for few stages instead of one look per
///   score.
public struct SequentialWidth: Sendable, Equatable {
  /// The half-width that is wanted.
  public let halfWidth: Double
  /// How often the interval must hold the true mean, as in 0.95.
  public let confidence: Double
  /// The number of episodes of the first stage: the least there will be.
  public let atLeast: Int
  /// The greatest number of episodes.
  public let atMost: Int
  /// Whether scores are in 0...1, as accuracies are; losses are not.
  public let isBounded: Bool

  /// The rule for a wanted half-width.
  ///
  /// - Precondition: `halfWidth` is above zero, `confidence` above 0 and below 1, and `atLeast` is
  ///   at least 2 and at most `atMost`.
  public init(
    halfWidth: Double, confidence: Double = 0.95, atLeast: Int = Self.firstStage,
    atMost: Int = Self.mostEpisodes,
    isBounded: Bool = true
  ) {
    precondition(halfWidth > 0, "a half-width above zero")
    precondition(atLeast >= 2 && atMost >= atLeast, "from 2 episodes up to those allowed at most")
    self.halfWidth = halfWidth
    self.confidence = confidence
    self.atLeast = atLeast
    self.atMost = atMost
    self.isBounded = isBounded
  }

  /// The next number of episodes, including those already scored; nil if `scores` are enough
  /// or as many as allowed.
  ///
  /// Depends on `scores` only, so that a run stopped between two stages can resume with the same result.
  public func needsMore(_ scores: [Double]) -> Int? {
    guard scores.count >= atLeast else { return atLeast }
    guard scores.count < atMost, let width = interval(scores)?.halfWidth, width > halfWidth
    else { return nil }
    let ratio = width / halfWidth
    let wanted = Int((Double(scores.count) * min(2, ratio * ratio)).rounded(.up))
    return min(atMost, max(scores.count + Self.leastStep, wanted))
  }

  /// The interval of what has been scored; nil without scores.
  public func interval(_ scores: [Double]) -> Interval? {
    isBounded
      ? .bounded(of: scores, over: .episodes, confidence: confidence)
      : .transformed(of: scores, over: .episodes, confidence: confidence)
  }

  /// The number of episodes of the first stage, unless it is said.
  public static let firstStage = 200
  /// The greatest number of episodes, unless it is said.
  public static let mostEpisodes = 100_000

  /// The episodes of a stage at least: single ones are not worth a look.
  private static let leastStep = 10
}
