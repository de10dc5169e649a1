/// Where the tasks of one part (training, validation, test) of a dataset come from, whatever their form.
public protocol TaskSource: Sendable {
  /// The hexadecimal SHA-256 of everything that tasks of this part are made from.
  var digest: String { get }

  /// How many examples the classes have; nil where that never varies, and the split's description
  /// tells it.
  var examplesPerClass: ExampleCount? { get }
}

extension TaskSource {
  public var examplesPerClass: ExampleCount? { nil }
}

/// What a dataset can give, so that a suite can be refused without opening it.
public enum TaskForm: String, Hashable, Sendable, CaseIterable {
  /// Episodes and minibatches: an ``EpisodeSource``.
  case episodes
  /// Images with labels, all at once: a ``LabelledImages``.
  case images
  /// Drawings by alphabet, character and drawer: an ``AlphabetSource``.
  case alphabets
}
