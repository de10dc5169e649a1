/// What one stored number means: its unit in words, how it is printed, which way is better.
public struct Metric: Hashable, Sendable, Encodable {
  /// Which way is better.
  public enum Direction: String, Sendable {
    case higher, lower, neither
  }

  /// What values there are, which decides how they are printed.
  public enum Scale: String, Sendable {
    /// In 0...1, printed in percent.
    case share
    /// Any number.
    case real
    case seconds
    case count
  }

  /// What suites, files and claims call it, for example `accuracy`.
  public let name: String
  /// What it is in a sentence, for example `mean squared error`.
  public let words: String
  /// Which way is better.
  public let direction: Direction
  /// What values there are.
  public let scale: Scale

  /// A metric from its parts.
  ///
  /// - Parameter words: Its name, if nil.
  public init(_ name: String, _ words: String? = nil, better direction: Direction, scale: Scale) {
    self.name = name
    self.words = words ?? name
    self.direction = direction
    self.scale = scale
  }

  /// The share of right answers.
  public static let accuracy = Metric("accuracy", better: .higher, scale: .share)
  /// The mean squared error of values.
  public static let loss = Metric("loss", "mean squared error", better: .lower, scale: .real)
  /// Wall-clock seconds of training.
  public static let trainSeconds = Metric(
    "train-seconds", "seconds of training", better: .lower, scale: .seconds)

  /// A number that is recorded beside the scores, of which only the name is known: one whose name ends
  /// with `accuracy` is a share.
  public static func recorded(_ name: String) -> Metric {
    Metric(name, better: .neither, scale: name.hasSuffix("accuracy") ? .share : .real)
  }

  /// Whether values are in 0...1.
  public var isShare: Bool { scale == .share }

  /// What values are multiplied by to be printed: shares are printed in percent.
  public var factor: Double { isShare ? 100 : 1 }

  /// Whether values are 0 or more, so that one can be a multiple of another.
  public var isNonNegative: Bool { isShare || self == .loss || scale == .seconds || scale == .count }

  /// The unit of tables and axes: `accuracy in %`, `mean squared error`.
  public var heading: String { isShare ? "\(words) in %" : words }

  /// What the best of several has: `highest accuracy`, `least mean squared error`.
  public var best: String { "\(direction == .lower ? "least" : "highest") \(words)" }

  /// Its name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
