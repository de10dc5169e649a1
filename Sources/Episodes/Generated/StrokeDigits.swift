import Digests
import Randomness

/// The ten digits, drawn with a jittered pen: images like MNIST's that need no files.
///
/// Each digit is a few fixed strokes. A drawing moves their control points a little and the whole a
/// little more, as those of ``StrokeCharacters`` do. Images are 28 x 28, ink = 1; image i shows the digit
/// i mod 10.
public enum StrokeDigits {
  static let side = 28
  static let counts: [Part: Int] = [.train: 2000, .validation: 500, .test: 1000]
  private static let version = "digits 1"

  /// The images of one part.
  ///
  /// - Complexity: some 20 microseconds per image.
  public static func images(of part: Part) -> LabelledImages {
    let root = RandomStream(seed: 0).child(version).child(part.rawValue)
    let digits = strokes.map(StrokeCharacter.init(strokes:))
    let labels = (0..<counts[part]!).map { $0 % digits.count }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(labels.count * side * side)
    var canvas = Canvas(side: side)
    for (index, label) in labels.enumerated() {
      var random = root.child("drawing", index).generator()
      canvas.clear()
      digits[label].draw(on: &canvas, from: &random)
      pixels += canvas.bytes
    }
    return LabelledImages(
      pixels: pixels, labels: labels, classes: digits.count, height: side, width: side)
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "digits", summary: "generated digits, each drawing jittered; every part has all ten",
      inputKind: .images(channels: 1, height: side, width: side), isRegression: false,
      needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "2000, 500 and 1000 drawings, equally many of each digit",
          classes: Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0, strokes.count) }),
          examplesPerClass: counts.values.min()! / strokes.count, digest: Digest.hex(of: version),
          images: counts)
      ],
      provides: [.images]),
    open: { _, part, _ in images(of: part) })

  /// Control points of the digits 0 to 9, in a box of height 1 about the origin; y grows downwards.
  private static let strokes: [[[StrokeCharacter.Point]]] = [
    [
      [
        .init(0, -0.5), .init(-0.24, -0.3), .init(-0.3, 0), .init(-0.22, 0.34), .init(0, 0.5),
        .init(0.24, 0.32), .init(0.3, 0), .init(0.22, -0.34), .init(0, -0.5),
      ]
    ],
    [[.init(-0.18, -0.28), .init(0.05, -0.5)], [.init(0.05, -0.5), .init(0.05, 0.5)]],
    [
      [
        .init(-0.28, -0.28), .init(-0.1, -0.48), .init(0.2, -0.42), .init(0.26, -0.18),
        .init(0, 0.12), .init(-0.3, 0.5),
      ],
      [.init(-0.3, 0.5), .init(0.32, 0.5)],
    ],
    [
      [
        .init(-0.26, -0.4), .init(0, -0.5), .init(0.24, -0.32), .init(0.14, -0.08),
        .init(-0.05, -0.02),
      ],
      [
        .init(-0.05, -0.02), .init(0.2, 0.06), .init(0.28, 0.28), .init(0.05, 0.5),
        .init(-0.28, 0.4),
      ],
    ],
    [
      [.init(0.12, -0.5), .init(-0.3, 0.15)], [.init(-0.3, 0.15), .init(0.32, 0.15)],
      [.init(0.15, -0.2), .init(0.12, 0.5)],
    ],
    [
      [.init(0.26, -0.5), .init(-0.2, -0.5)], [.init(-0.2, -0.5), .init(-0.22, -0.06)],
      [
        .init(-0.22, -0.06), .init(0.08, -0.12), .init(0.28, 0.14), .init(0.12, 0.46),
        .init(-0.28, 0.42),
      ],
    ],
    [
      [
        .init(0.18, -0.48), .init(-0.14, -0.2), .init(-0.26, 0.2), .init(-0.02, 0.5),
        .init(0.24, 0.28), .init(0.06, 0.04), .init(-0.22, 0.18),
      ]
    ],
    [
      [.init(-0.3, -0.5), .init(0.3, -0.5)],
      [.init(0.3, -0.5), .init(0.02, 0), .init(-0.08, 0.5)],
    ],
    [
      [
        .init(0.02, -0.02), .init(-0.2, -0.24), .init(0.02, -0.5), .init(0.22, -0.26),
        .init(0.02, -0.02), .init(-0.25, 0.24), .init(0, 0.5), .init(0.27, 0.24),
        .init(0.02, -0.02),
      ]
    ],
    [
      [
        .init(0.24, -0.22), .init(0, -0.02), .init(-0.24, -0.22), .init(-0.04, -0.5),
        .init(0.22, -0.34), .init(0.24, -0.1), .init(0.14, 0.5),
      ]
    ],
  ]
}
