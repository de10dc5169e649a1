import Networks

/// How a cell is tested: the episodes are the same for every algorithm and repeat.
public struct TestProtocol: Hashable, Sendable {
  /// Test episodes; the most there may be if `until` is set.
  public var episodes: Int
  /// Query examples per class (regression: per task) of a test episode.
  public var query: Int
  /// Whose statistics normalize the query set.
  public var batchNorm: BatchNormPolicy

  /// The half-width of the 95 % interval that is wanted: as many episodes are run as it needs. nil
  /// to run all.
  public var until: Double?

  /// A protocol from its parts.
  public init(episodes: Int, query: Int, batchNorm: BatchNormPolicy, until: Double? = nil) {
    self.episodes = episodes
    self.query = query
    self.batchNorm = batchNorm
    self.until = until
  }
}
