import Episodes
import Randomness

/// Minibatches of several groups: each has some different classes, and one image of each class.
///
/// This is how the seminar's "5 x 1 x 16" is read here: 16 groups of 5 classes with 1 image. Its code
/// draws tasks of 5 ways and 1 shot, 16 at a time, and labels them with all classes; 16 images of one
/// class are impossible, since only 10 are for training.
package struct GroupedMinibatches: Sendable {
  /// Groups of a minibatch.
  package let groups: Int
  /// Classes of a group.
  package let classes: Int

  /// Minibatches from their parts.
  package init(groups: Int, classes: Int) {
    self.groups = groups
    self.classes = classes
  }

  /// Images of a minibatch.
  package var count: Int { groups * classes }

  /// The minibatch that `stream` addresses.
  ///
  /// - Parameter examples: Ordered by class, equally many of each.
  /// - Precondition: There are as many classes as a group has.
  package func minibatch(of examples: Examples, from stream: RandomStream) -> Examples {
    guard case .classes(_, let way) = examples.targets else { preconditionFailure("examples have classes") }
    let perClass = examples.count / way
    var random = stream.generator()
    return examples.picked(
      (0..<groups).flatMap { _ in
        random.sample(classes, from: way).map { $0 * perClass + random.integer(below: perClass) }
      })
  }
}
