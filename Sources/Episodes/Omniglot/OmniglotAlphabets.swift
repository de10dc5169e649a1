import Digests
import Randomness
import Storage
import Tensors

/// One part of Omniglot with alphabets as tasks: all classes of an episode are characters of one
/// alphabet, as in many-step adaptation (Flennerhag et al. 2019 and 2020).
///
/// The 30 alphabets of Lake's background set are trained on; of the evaluation set's 20, in the order of
/// their names, every other one validates and the others test (but see ``Division/koch``). No character is rotated: a rotated
/// alphabet would be the same task in another guise.
package struct OmniglotAlphabets: EpisodeSource, AlphabetSource {
  /// Which alphabets and drawers are in which part.
  package enum Division: String, Sendable {
    /// As told above; every part has all drawers.
    case everyOther = "alphabets"
    /// Koch's: drawers 1 to 12 train, 13 to 16 validate, 17 to 20 test. The test alphabets are those of the
    /// official runs, the evaluation set's other ten validate.
    ///
    /// The paper gives the numbers only; which drawers they are is chosen here. Drawers of different
    /// alphabets are different people in part, whatever their number. The official runs' drawings are by
    /// drawers 1 to 8, of alphabets that nothing is trained on.
    case koch

    /// Of one part: the alphabets, each as its characters.
    package func characters(of part: Part) -> [[String]] {
      let all = OmniglotCatalogue.complete.characters.map(\.name)
      return names(of: part).map { alphabet in all.filter { $0.hasPrefix(alphabet + "/") } }
    }

    private func names(of part: Part) -> [String] {
      // Both train on the background set.
      OmniglotSplit.lines(part == .train ? "alphabets/train" : "\(rawValue)/\(part.rawValue)")
    }

    /// Counted from 0.
    package func drawers(of part: Part) -> Range<Int> {
      guard self == .koch else { return 0..<Omniglot.drawings }
      switch part {
      case .train: return 0..<12
      case .validation: return 12..<16
      case .test: return 16..<20
      }
    }

    /// The 20 runs that Lake et al. published with the data (`all_runs.zip`), two of each test alphabet: there
    /// as images, here as characters and drawers whose drawings those images are.
    package var officialRuns: [AlphabetRun] {
      guard self == .koch else { return [] }
      let alphabets = names(of: .test)
      return OmniglotSplit.lines("koch/runs").map { line in
        let fields = line.split(separator: " ")
        let numbers = fields.dropFirst().map { Int($0)! - 1 }
        return AlphabetRun(
          alphabet: alphabets.firstIndex(of: String(fields[0]))!, characters: Array(numbers.dropFirst(2)),
          supportDrawer: numbers[0], queryDrawer: numbers[1])
      }
    }
  }

  /// All characters, one alphabet after the other, by the drawers of this part.
  private let all: ClassImages
  private let alphabetImages: [ClassImages]
  /// By all drawers, for the official runs.
  private let complete: AlphabetImages
  package let drawers: Range<Int>

  package let digest: String
  package var classCount: Int? { all.classCount }
  package var inputKind: InputKind { all.inputKind }
  package var alphabets: [Int] { complete.sizes }

  /// - Throws: `EpisodesError.missingCharacters`.
  init(_ part: Part, of division: Division, from file: OmniglotFile) throws {
    let characters = division.characters(of: part)
    let drawers = division.drawers(of: part)
    let every = try file.images(of: characters.flatMap { $0 }, rotations: 1)
    try self.init(
      all: drawers.count == Omniglot.drawings
        ? every : file.images(of: characters.flatMap { $0 }, rotations: 1, drawers: drawers),
      alphabets: characters.map { try file.images(of: $0, rotations: 1, drawers: drawers) },
      complete: every, drawers: drawers)
  }

  /// - Precondition: `all` holds the classes of `alphabets`, in their order; `complete` has the same classes,
  ///   by all drawers, if it is not `all`.
  package init(
    all: ClassImages, alphabets: [ClassImages], complete: ClassImages? = nil,
    drawers: Range<Int> = 0..<Omniglot.drawings
  ) {
    self.all = all
    alphabetImages = alphabets
    self.complete = AlphabetImages(complete ?? all, sizes: alphabets.map { $0.classCount! })
    self.drawers = drawers
    var digest = Digest()
    digest.absorb("alphabets 1")
    for alphabet in alphabets { digest.absorb(alphabet.digest) }
    if drawers.count < Omniglot.drawings { digest.absorb(self.complete.digest) }
    self.digest = digest.hex
  }

  /// An episode of an alphabet that is drawn among all that have as many characters.
  ///
  /// - Precondition: one alphabet has `way` characters, and each `shot + query` drawings.
  package func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    let large = alphabetImages.filter { $0.classCount! >= shape.way }
    precondition(!large.isEmpty, "\(shape.way)-way, but no alphabet has as many characters")
    var random = stream.child("alphabet").generator()
    return large[random.integer(below: large.count)].episode(shape, from: stream.child("episode"))
  }

  /// Examples of all alphabets, labelled with the characters of the whole part.
  package func batch(_ count: Int, from stream: RandomStream) -> Examples { all.batch(count, from: stream) }

  package func drawings(at places: [DrawingPlace]) -> Tensor { complete.drawings(at: places) }
}
