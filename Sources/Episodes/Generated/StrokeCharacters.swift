import Digests
import Randomness
import Storage
import Tensors

/// Characters made of random smooth strokes, drawn anew by every "drawer": images like Omniglot's
/// that need no files.
///
/// A character is one to four strokes, each a curve through a few control points that begins
/// anywhere or on an earlier stroke. A drawing moves the control points a little and the whole a
/// little more (rotation, size, slant, place). Images are 28 x 28, ink = 1.
public enum StrokeCharacters {
  static let side = 28
  static let drawings = 20
  static let classes: [Part: Int] = [.train: 1000, .validation: 200, .test: 400]
  private static let version = "strokes 1"

  /// The characters of one part, all drawings rendered.
  ///
  /// - Complexity: some 20 microseconds per drawing; 20 drawings per class.
  public static func images(of part: Part) -> ClassImages {
    let root = RandomStream(seed: 0).child(version).child(part.rawValue)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(classes[part]! * drawings * side * side)
    var canvas = Canvas(side: side)
    for index in 0..<classes[part]! {
      let stream = root.child("character", index)
      var random = stream.generator()
      let character = StrokeCharacter(from: &random)
      for drawing in 0..<drawings {
        var random = stream.child("drawing", drawing).generator()
        canvas.clear()
        character.draw(on: &canvas, from: &random)
        pixels += canvas.bytes
      }
    }
    return ClassImages(
      pixels: pixels, examplesPerClass: drawings, channels: 1, height: side, width: side)
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "strokes",
      summary: "generated characters of random smooth strokes, each drawing jittered",
      inputKind: .images(channels: 1, height: side, width: side),
      isRegression: false, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "1000, 200 and 400 characters, 20 drawings of each",
          classes: classes, examplesPerClass: drawings, digest: Digest.hex(of: version),
          alphabets: alphabets)
      ],
      provides: [.episodes, .alphabets]),
    open: { _, part, _ in
      let images = images(of: part)
      return StrokeAlphabets(images: images, all: AlphabetImages(images, sizes: alphabets[part]!))
    })

  /// Where alphabets are asked for, every 25 characters that follow each other are one.
  private static let alphabets = classes.mapValues { Array(repeating: 25, count: $0 / 25) }
}

/// ``StrokeCharacters`` in alphabets, although all of them are drawn alike.
private struct StrokeAlphabets: EpisodeSource, AlphabetSource {
  let images: ClassImages
  let all: AlphabetImages

  var digest: String { images.digest }
  var classCount: Int? { images.classCount }
  var inputKind: InputKind { images.inputKind }
  var alphabets: [Int] { all.sizes }
  var drawers: Range<Int> { 0..<StrokeCharacters.drawings }

  func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    images.episode(shape, from: stream)
  }
  func batch(_ count: Int, from stream: RandomStream) -> Examples { images.batch(count, from: stream) }
  func drawings(at places: [DrawingPlace]) -> Tensor { all.drawings(at: places) }
}
