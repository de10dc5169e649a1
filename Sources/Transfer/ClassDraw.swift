import Digests
import Episodes
import Randomness

/// How the images of a class are divided.
package struct ImageDivision: Hashable, Sendable {
  /// To learn from.
  package let training: Int
  /// To validate with.
  package let validation: Int
  /// To test with.
  package let test: Int

  /// A division from its parts.
  package init(training: Int, validation: Int, test: Int) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// All of them.
  package var count: Int { training + validation + test }
}

/// Some classes with their images, divided into those that are learned from and two sets that are not. Labels
/// are of the draw: 0 for the first class drawn, and so on.
package struct ClassDraw: Sendable {
  /// Ordered by class; so are the others.
  package let training: Examples
  package let validation: Examples
  /// Empty where no image is for a test.
  package let test: Examples
  package let division: ImageDivision

  /// The draw that `stream` addresses: an episode of many classes, whose queries are validation images and
  /// then test images.
  ///
  /// - Precondition: There are as many classes, and as many images of each.
  package init(_ classes: Int, of source: any EpisodeSource, _ division: ImageDivision, from stream: RandomStream) {
    let queries = division.validation + division.test
    let episode = source.episode(
      EpisodeShape(way: classes, shot: division.training, query: queries), from: stream)
    self.division = division
    training = episode.support
    func set(_ places: Range<Int>) -> Examples {
      episode.query.picked((0..<classes).flatMap { label in places.map { label * queries + $0 } })
    }
    validation = set(0..<division.validation)
    test = set(division.validation..<queries)
  }

  /// With the outputs of a body instead of images.
  package init(embedding draw: ClassDraw, by body: (Examples) -> Examples) {
    training = body(draw.training)
    validation = body(draw.validation)
    test = body(draw.test)
    division = draw.division
  }

  /// Of classes, images and their division: equal digests mean equal tasks.
  package var digest: UInt64 {
    var digest = Digest()
    digest.absorb("class draw 1")
    digest.absorb([division.training, division.validation, division.test])
    digest.absorb(Episode(support: training, query: validation).digest)
    digest.absorb(Episode(support: training, query: test).digest)
    return digest.prefix64
  }
}
