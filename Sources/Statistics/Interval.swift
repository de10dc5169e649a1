/// A mean with its confidence interval, and what it was made from.
///
///     let interval = Interval.overEpisodes([record.test.final])!
///     print(interval.mean, interval.halfWidth ?? .nan, interval.method)
public struct Interval: Sendable, Equatable {
  /// What the values are that vary.
  public enum Unit: String, Sendable {
    case episodes, repeats
  }

  /// The mean.
  public let mean: Double
  /// Half the width of the interval around the mean; nil for a single value.
  public let halfWidth: Double?
  /// The number of values.
  public let count: Int
  /// How often such intervals hold the true mean, as in 0.95.
  public let confidence: Double
  /// What the values are.
  public let unit: Unit

  /// The lower end; the mean itself if there is no interval.
  public var lower: Double { mean - (halfWidth ?? 0) }
  /// The upper end; the mean itself if there is no interval.
  public var upper: Double { mean + (halfWidth ?? 0) }
  /// The estimator in words, as footers print it.
  public var method: String { "Student t over \(unit.rawValue)" }

  /// Student's t interval of independent values; nil if there are none.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  public init?(of values: [Double], over unit: Unit, confidence: Double = 0.95) {
    guard let summary = Summary(of: values) else { return nil }
    mean = summary.mean
    count = summary.count
    self.confidence = confidence
    self.unit = unit
    halfWidth = summary.standardDeviation.map {
      StudentT(degreesOfFreedom: Double(summary.count - 1)).quantile((1 + confidence) / 2)
        * $0 / Double(summary.count).squareRoot()
    }
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

  /// The interval over repeats: what training anew could have given, on the same episodes.
  ///
  /// - Parameter repeats: `[repeats][episodes]`; repeats without episodes are left out.
  /// - Returns: nil if there are no scores; without a width for a single repeat.
  public static func overRepeats(_ repeats: [[Double]], confidence: Double = 0.95) -> Interval? {
    Interval(
      of: repeats.compactMap { Summary(of: $0)?.mean }, over: .repeats, confidence: confidence)
  }
}
