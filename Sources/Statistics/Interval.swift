/// A mean with its confidence interval, and what it was made from.
///
///     let interval = Interval.overEpisodes([record.test.final])!
///     print(interval.mean, interval.halfWidth ?? .nan, interval.method)
///
/// Student's t is the one that reports print. `normal`, `bcaBootstrap` and `bounded` are others;
/// `bounded` is for accuracies near 100 %.
public struct Interval: Sendable, Equatable {
  /// What the values are that vary.
  public enum Unit: String, Sendable {
    case episodes, repeats
  }

  /// How the ends were found; the raw value is the name that footers print.
  public enum Estimator: String, Sendable {
    case studentT = "Student t"
    case normal = "normal"
    case bcaBootstrap = "BCa bootstrap"
    case transformed = "Student t transformed for skewness (Hall)"
  }

  /// The mean.
  public let mean: Double
  /// Half the width of the interval, which is around the mean unless the estimator is
  /// `bcaBootstrap` or `transformed`; nil for a single value.
  public let halfWidth: Double?
  /// The lower end; the mean itself without an interval.
  public let lower: Double
  /// The upper end; the mean itself without an interval.
  public let upper: Double
  /// The number of values.
  public let count: Int
  /// How often such intervals hold the true mean, as in 0.95.
  public let confidence: Double
  /// What the values are.
  public let unit: Unit
  /// How the ends were found.
  public let estimator: Estimator

  /// The estimator in words, as footers print it.
  public var method: String { "\(estimator.rawValue) over \(unit.rawValue)" }

  /// Student's t interval of independent values; nil if there are none.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  /// - Reference: Student, The probable error of a mean, Biometrika 6 (1908).
  public init?(of values: [Double], over unit: Unit, confidence: Double = 0.95) {
    guard let summary = Summary(of: values) else { return nil }
    let halfWidth = summary.standardDeviation.map {
      StudentT(degreesOfFreedom: Double(summary.count - 1)).quantile((1 + confidence) / 2)
        * $0 / Double(summary.count).squareRoot()
    }
    self.init(summary, halfWidth: halfWidth, unit: unit, .studentT, confidence)
  }

  /// The interval over test episodes: what other episodes could have given.
  ///
  /// Repeats share their episodes, so their scores are not independent: they are averaged episode
  /// by episode first, and `count` is the number of episodes, not of scores.
  ///
  /// - Parameter repeats: `[repeats][episodes]`, all of the same length.
  /// - Returns: nil if there are no scores.
  public static func overEpisodes(_ repeats: [[Double]], confidence: Double = 0.95) -> Interval? {
    guard let episodes = repeats.first?.count else { return nil }
    precondition(repeats.allSatisfy { $0.count == episodes }, "repeats share their episodes")
    let means = (0..<episodes).map { episode in
      Summary.sum(repeats.map { $0[episode] }) / Double(repeats.count)
    }
    return Interval(of: means, over: .episodes, confidence: confidence)
  }

  /// The interval over repeats: what other trainings could have given, on the same episodes.
  ///
  /// - Parameter repeats: `[repeats][episodes]`; repeats without episodes are left out.
  /// - Returns: nil if there are no scores; without a width for a single repeat.
  public static func overRepeats(_ repeats: [[Double]], confidence: Double = 0.95) -> Interval? {
    Interval(
      of: repeats.compactMap { Summary(of: $0)?.mean }, over: .repeats, confidence: confidence)
  }

  /// An interval around the mean.
  init(
    _ summary: Summary, halfWidth: Double?, unit: Unit, _ estimator: Estimator,
    _ confidence: Double
  ) {
    mean = summary.mean
    self.halfWidth = halfWidth
    lower = summary.mean - (halfWidth ?? 0)
    upper = summary.mean + (halfWidth ?? 0)
    count = summary.count
    self.confidence = confidence
    self.unit = unit
    self.estimator = estimator
  }

  /// An interval with given ends.
  init(
    _ summary: Summary, ends: (lower: Double, upper: Double), unit: Unit,
    _ estimator: Estimator, _ confidence: Double
  ) {
    mean = summary.mean
    halfWidth = (ends.upper - ends.lower) / 2
    (lower, upper) = ends
    count = summary.count
    self.confidence = confidence
    self.unit = unit
    self.estimator = estimator
  }
}
