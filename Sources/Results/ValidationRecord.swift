/// One point of a validation curve: the scores of all validation episodes at that time.
public struct ValidationRecord: Sendable, Equatable {
  /// The number of meta-updates made before it.
  public var iteration: Int
  /// One score per validation episode, after the last adaptation step.
  public var scores: [Double]

  /// A point from its parts.
  public init(iteration: Int, scores: [Double]) {
    self.iteration = iteration
    self.scores = scores
  }
}
