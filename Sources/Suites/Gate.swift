/// When a build may be failed: the loss of the metric that is tolerated, and how sure to be.
public struct Gate: Hashable, Sendable {
  /// In units of the metric: 0.01 is one point of accuracy.
  public let margin: Double
  /// Of the interval, for example 0.95.
  public let confidence: Double

  /// A gate from its parts.
  public init(margin: Double, confidence: Double) {
    self.margin = margin
    self.confidence = confidence
  }
}
