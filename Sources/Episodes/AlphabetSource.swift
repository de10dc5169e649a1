import Tensors

/// Characters in alphabets, each drawn once by every drawer.
public protocol AlphabetSource: TaskSource {
  /// The shape of one drawing.
  var inputKind: InputKind { get }

  /// Characters of each alphabet.
  var alphabets: [Int] { get }

  /// Those whose drawings are of this part; others may be asked for as well.
  var drawers: Range<Int> { get }

  /// The drawings at some places, in that order: `[drawings, height, width, channels]`.
  ///
  /// - Precondition: There are such places.
  func drawings(at places: [DrawingPlace]) -> Tensor
}

/// Which drawing of a part it is; everything is counted from 0.
public struct DrawingPlace: Hashable, Sendable {
  /// Which alphabet of the part.
  public let alphabet: Int
  /// Which character of the alphabet.
  public let character: Int
  /// By whom.
  public let drawer: Int

  /// A place from its parts.
  public init(alphabet: Int, character: Int, drawer: Int) {
    self.alphabet = alphabet
    self.character = character
    self.drawer = drawer
  }
}

/// One run of one-shot trials: characters of one alphabet, all of them drawn by one drawer as the support, and
/// by another as queries. A query is one trial.
public struct AlphabetRun: Hashable, Sendable {
  /// Which alphabet of the part.
  public let alphabet: Int
  /// Which characters of the alphabet.
  public let characters: [Int]
  /// Who drew the support.
  public let supportDrawer: Int
  /// Who drew the queries.
  public let queryDrawer: Int

  /// A run from its parts.
  public init(alphabet: Int, characters: [Int], supportDrawer: Int, queryDrawer: Int) {
    self.alphabet = alphabet
    self.characters = characters
    self.supportDrawer = supportDrawer
    self.queryDrawer = queryDrawer
  }

  /// Where the support images are, in the order of the characters.
  public var support: [DrawingPlace] { places(by: supportDrawer) }
  /// Where the queries are, in the same order.
  public var queries: [DrawingPlace] { places(by: queryDrawer) }

  private func places(by drawer: Int) -> [DrawingPlace] {
    characters.map { DrawingPlace(alphabet: alphabet, character: $0, drawer: drawer) }
  }
}

/// Images of which neighbouring classes are an alphabet, and example d of a class is drawer d's.
struct AlphabetImages: Sendable {
  private let images: ClassImages
  /// The class that each alphabet begins with.
  private let starts: [Int]
  /// Characters of each alphabet.
  let sizes: [Int]

  /// - Precondition: The sizes add up to all classes.
  init(_ images: ClassImages, sizes: [Int]) {
    precondition(sizes.reduce(0, +) == images.classCount!, "every class is in one alphabet")
    self.images = images
    self.sizes = sizes
    starts = sizes.reduce(into: [0]) { $0.append($0.last! + $1) }
  }

  var digest: String { images.digest }

  func drawings(at places: [DrawingPlace]) -> Tensor {
    images.inputs(at: places.map { (starts[$0.alphabet] + $0.character, $0.drawer) })
  }
}
