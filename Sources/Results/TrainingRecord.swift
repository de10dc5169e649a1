/// One point of a training curve.
public struct TrainingRecord: Sendable, Equatable {
  /// The number of meta-updates made before it.
  public var iteration: Int
  /// The training loss.
  public var loss: Double
  /// Seconds of training until then, interruptions left out; never part of what must be equal.
  public var seconds: Double

  /// A point from its parts.
  public init(iteration: Int, loss: Double, seconds: Double) {
    self.iteration = iteration
    self.loss = loss
    self.seconds = seconds
  }
}
