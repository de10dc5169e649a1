/// The errors among some that have grown out of all bounds, so that a mean over all says nothing.
public struct Explosions: Sendable, Equatable {
  /// An error so many times the median has exploded.
  public static let factor = 1000

  /// How many errors are no finite numbers.
  public let notFinite: Int
  /// How many are finite, but more than ``factor`` times the median.
  public let exploded: Int
  /// How many errors there are in all.
  public let total: Int
  /// The median of all, which does not mind.
  public let median: Double

  /// Those among `errors`; nil if there are none.
  public init?(among errors: [Double]) {
    guard let limit = Self.limit(of: errors) else { return nil }
    notFinite = errors.count { !$0.isFinite }
    exploded = errors.count { $0.isFinite && $0 > limit }
    total = errors.count
    median = limit / Double(Self.factor)
    if notFinite + exploded == 0 { return nil }
  }

  /// Above this an error among `errors` has exploded; nil if there are none.
  public static func limit(of errors: [Double]) -> Double? {
    errors.map { $0.isFinite ? $0 : .infinity }.median.map { $0 * Double(factor) }
  }
}
