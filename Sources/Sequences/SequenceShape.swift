import Episodes
import Randomness
import Tensors

/// The length and content of a sequence.
public struct SequenceShape: Hashable, Sendable {
  /// Classes of a sequence; 1 for regression.
  public var classes: Int
  /// How often each class is shown; for regression, points of the function.
  public var showings: Int

  /// A shape from its parts.
  public init(classes: Int, showings: Int) {
    self.classes = classes
    self.showings = showings
  }

  /// The number of steps.
  public var length: Int { classes * showings }
}

extension EpisodeSource {
  /// The sequence that `stream` addresses: the support set of an episode in random order.
  ///
  /// The classes of an episode come in random order, so that every sequence has labels of its own.
  ///
  /// - Precondition: as many classes exist, and as many examples of each.
  public func sequence(_ shape: SequenceShape, from stream: RandomStream) -> OnlineSequence {
    let episode = episode(
      EpisodeShape(way: shape.classes, shot: shape.showings, query: 0), from: stream.child("examples"))
    var order = stream.child("order").generator()
    return OnlineSequence(episode.support.picked(order.permutation(of: shape.length)))
  }

  /// What an iteration learns from.
  ///
  /// - Parameter order: Which sequences are learned from, in which order.
  public func batch(
    _ count: Int, of shape: SequenceShape, iteration: Int, order: RandomStream
  ) -> [OnlineSequence] {
    Workers.map(count) { sequence(shape, from: order.child("sequence", iteration, $0)) }
  }
}
