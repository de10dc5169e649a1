import Digests
import Foundation
import Storage

/// MNIST as an import leaves it in the data directory.
///
/// | name                            | shape              | type  |                              |
/// |---------------------------------|--------------------|-------|------------------------------|
/// | `/train/images`, `/test/images` | `[images, 28, 28]` | uint8 | ink = 255, in official order |
/// | `/train/labels`, `/test/labels` | `[images]`         | uint8 | 0 to 9                       |
///
/// Attributes: `dataset`, `schema`, `validation` (how many of the training images, the last ones, are
/// the validation part), and `digest`, a SHA-256 of all of it.
struct MNISTFile {
  private static let schema = 1

  /// Images of one of the two official sets.
  struct Images {
    /// `[images, 28, 28]`, ink = 255.
    let images: [UInt8]
    let labels: [UInt8]
  }

  let train: Images
  let test: Images
  let validation: Int

  /// The hexadecimal SHA-256 of images, labels and division.
  var digest: String {
    var digest = Digest()
    for set in [train, test] {
      digest.absorb(set.images)
      digest.absorb(set.labels)
    }
    digest.absorb(validation)
    return digest.hex
  }

  /// Writes the file whole or not at all.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  func write(to url: URL) throws {
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.setAttribute("dataset", MNIST.name)
      try file.setAttribute("schema", Self.schema)
      try file.setAttribute("validation", validation)
      try file.setAttribute("digest", digest)
      for (name, set) in [("train", train), ("test", test)] {
        try file.write(
          "/\(name)/images", set.images, shape: [set.labels.count, MNIST.side, MNIST.side])
        try file.write("/\(name)/labels", set.labels, shape: [set.labels.count])
      }
      try file.close()
    }
  }

  /// The images of one part: the training images but the last ones, those, or the test images.
  ///
  /// - Throws: `EpisodesError.notImported`, `.notOurs`, `.damaged`, and `StorageError`.
  /// - Complexity: O(bytes of the part), after a checksum over the file.
  static func images(of part: Part, in url: URL) throws -> LabelledImages {
    do {
      return try read(part, in: url)
    } catch StorageError.notFound {
      throw EpisodesError.notImported(dataset: MNIST.name, file: url.path)
    } catch StorageError.damaged {
      throw EpisodesError.damaged(file: url.path, dataset: MNIST.name)
    }
  }

  private static func read(_ part: Part, in url: URL) throws -> LabelledImages {
    let file = try HDF5File.open(reading: url)
    guard try file.text(attribute: "dataset") == MNIST.name else {
      throw EpisodesError.notOurs(file: url.path, reason: "it does not say that it is MNIST")
    }
    guard try file.integer(attribute: "schema") == schema else {
      throw EpisodesError.notOurs(file: url.path, reason: "another version of the layout")
    }
    let set = part == .test ? "test" : "train"
    let images = try file.bytes("/\(set)/images")
    let labels = try file.bytes("/\(set)/labels").values
    let validation = part == .test ? 0 : try file.integer(attribute: "validation") ?? 0
    guard images.shape == [labels.count, MNIST.side, MNIST.side],
      (0...labels.count).contains(validation), labels.allSatisfy({ $0 < MNIST.classes })
    else { throw EpisodesError.damaged(file: url.path, dataset: MNIST.name) }
    let division = labels.count - validation
    let range =
      switch part {
      case .train: 0..<division
      case .validation: division..<labels.count
      case .test: 0..<labels.count
      }
    let size = MNIST.side * MNIST.side
    return LabelledImages(
      pixels: Array(images.values[range.lowerBound * size..<range.upperBound * size]),
      labels: labels[range].map(Int.init), classes: MNIST.classes, height: MNIST.side,
      width: MNIST.side)
  }
}
