import Networks

/// How a cell is tested: the episodes are the same for every algorithm and repeat.
public struct TestProtocol: Hashable, Sendable {
  /// Test episodes.
  public var episodes: Int
  /// Query examples per class (regression: per task) of a test episode.
  public var query: Int
  /// Whose statistics normalize the query set.
  public var batchNorm: BatchNormPolicy

  /// A protocol from its parts.
  public init(episodes: Int, query: Int, batchNorm: BatchNormPolicy) {
    self.episodes = episodes
    self.query = query
    self.batchNorm = batchNorm
  }
}
