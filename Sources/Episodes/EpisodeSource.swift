import Randomness

/// Where the episodes of one part (training, validation, test) of a dataset come from.
///
/// Every episode is computed from its stream alone: equal streams give equal episodes, whatever was
/// asked for before and on whichever thread.
public protocol EpisodeSource: TaskSource {
  var inputKind: InputKind { get }

  /// The number of classes, or nil for regression.
  var classCount: Int? { get }

  /// Numbers of each example's ``Examples/context``; 0 where there is none.
  var contextWidth: Int { get }

  /// The episode that `stream` addresses.
  func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode

  /// An ordinary minibatch, labelled with the classes of the whole part (regression: points of
  /// `count` unrelated tasks); what baselines are pretrained on.
  func batch(_ count: Int, from stream: RandomStream) -> Examples
}

extension EpisodeSource {
  /// No context.
  public var contextWidth: Int { 0 }
}
