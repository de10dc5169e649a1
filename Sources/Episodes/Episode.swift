/// How large an episode is. For regression `way` is 1 and `shot` and `query` count points.
public struct EpisodeShape: Hashable, Sendable {
  /// Classes.
  public var way: Int
  /// Support examples per class.
  public var shot: Int
  /// Query examples per class.
  public var query: Int

  /// A shape from its parts.
  public init(way: Int, shot: Int, query: Int) {
    self.way = way
    self.shot = shot
    self.query = query
  }
}

/// One few-shot task: examples to learn from, and examples to be judged on.
///
/// Both sets are ordered by class, then by example. The classes themselves come in a random order,
/// so that a label carries no meaning across episodes.
public struct Episode: Sendable {
  /// What is learned from.
  public let support: Examples
  /// What is judged on.
  public let query: Examples

  /// An episode from its two sets.
  public init(support: Examples, query: Examples) {
    self.support = support
    self.query = query
  }
}
