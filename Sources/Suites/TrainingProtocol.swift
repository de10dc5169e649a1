/// How a cell is trained, whatever the algorithm.
public struct TrainingProtocol: Hashable, Sendable {
  /// Meta-updates.
  public var iterations: Int
  /// Episodes per meta-update.
  public var metaBatch: Int
  /// Query examples per class (regression: per task) of a training episode.
  public var query: Int
  /// A validation after every so many iterations; 0 for none.
  public var validateEvery: Int
  /// Episodes per validation, shaped like test episodes.
  public var validationEpisodes: Int

  /// A protocol from its parts.
  public init(
    iterations: Int, metaBatch: Int, query: Int, validateEvery: Int, validationEpisodes: Int
  ) {
    self.iterations = iterations
    self.metaBatch = metaBatch
    self.query = query
    self.validateEvery = validateEvery
    self.validationEpisodes = validationEpisodes
  }
}
