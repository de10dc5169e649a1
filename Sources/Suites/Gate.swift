/// When a build may be failed: the loss of the metric that is tolerated, and how sure to be.
public struct Gate: Hashable, Sendable {
  /// In units of the metric: 0.01 is one point of accuracy.
  public var margin: Double
  /// How often a verdict that matters is right, for example 0.95: over all cells together,
  /// unchanged programs are called regressions at most in the remaining 5 % of cases.
  public var confidence: Double
  /// The standard deviation of a cell's mean score between trainings of one program, in units of
  /// the metric; for results with a single repeat, which cannot tell it. Nil if unknown.
  public var trainingDeviation: Double?
  /// How many times the baseline's training seconds are tolerated; nil if they do not matter.
  public var trainSeconds: Double?
  /// How many times the baseline's peak memory is tolerated; nil if it does not matter.
  public var peakMemory: Double?

  /// A gate from its parts.
  public init(
    margin: Double, confidence: Double, trainingDeviation: Double? = nil,
    trainSeconds: Double? = nil, peakMemory: Double? = nil
  ) {
    self.margin = margin
    self.confidence = confidence
    self.trainingDeviation = trainingDeviation
    self.trainSeconds = trainSeconds
    self.peakMemory = peakMemory
  }
}
