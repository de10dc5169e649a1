import Digests
import Randomness
import Storage

/// One part of Omniglot with alphabets as tasks: all classes of an episode are characters of one
/// alphabet, as in many-step adaptation (Flennerhag et al. 2019 and 2020).
///
/// The 30 alphabets of Lake's background set are trained on; of the evaluation set's 20, in the order of
/// their names, every other one validates and the others test. No character is rotated: a rotated
/// alphabet would be the same task in another guise.
package struct OmniglotAlphabets: EpisodeSource {
  /// Of one part: the alphabets, each as its characters.
  package static func characters(of part: Part) -> [[String]] {
    let all = OmniglotCatalogue.complete.characters.map(\.name)
    return OmniglotSplit.lines("alphabets/\(part.rawValue)").map { alphabet in
      all.filter { $0.hasPrefix(alphabet + "/") }
    }
  }

  /// All characters, one alphabet after the other.
  private let all: ClassImages
  private let alphabets: [ClassImages]

  package let digest: String
  package var classCount: Int? { all.classCount }
  package var inputKind: InputKind { all.inputKind }

  /// - Throws: `EpisodesError.missingCharacters`.
  init(_ part: Part, from file: OmniglotFile) throws {
    let characters = Self.characters(of: part)
    try self.init(
      all: file.images(of: characters.flatMap { $0 }, rotations: 1),
      alphabets: characters.map { try file.images(of: $0, rotations: 1) })
  }

  /// - Precondition: `all` holds the classes of `alphabets`, in their order.
  package init(all: ClassImages, alphabets: [ClassImages]) {
    self.all = all
    self.alphabets = alphabets
    var digest = Digest()
    digest.absorb("alphabets 1")
    for alphabet in alphabets { digest.absorb(alphabet.digest) }
    self.digest = digest.hex
  }

  /// An episode of an alphabet that is drawn among all that have as many characters.
  ///
  /// - Precondition: one alphabet has `way` characters, and each `shot + query` drawings.
  package func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    let large = alphabets.filter { $0.classCount! >= shape.way }
    precondition(!large.isEmpty, "\(shape.way)-way, but no alphabet has as many characters")
    var random = stream.child("alphabet").generator()
    return large[random.integer(below: large.count)].episode(shape, from: stream.child("episode"))
  }

  /// Examples of all alphabets, labelled with the characters of the whole part.
  package func batch(_ count: Int, from stream: RandomStream) -> Examples { all.batch(count, from: stream) }
}
