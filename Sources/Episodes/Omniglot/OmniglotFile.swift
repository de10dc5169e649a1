import Digests
import Foundation
import Storage

/// Omniglot as an import leaves it in the data directory.
///
/// | name          | shape                           | type  |                                   |
/// |---------------|---------------------------------|-------|-----------------------------------|
/// | `/images`     | `[characters, drawers, 28, 28]` | uint8 | ink = 255                         |
/// | `/characters` | `[bytes]`                       | uint8 | lines of `Alphabet/characterNN`   |
///
/// Attributes: `dataset`, `schema`, and `digest`, a SHA-256 of both datasets.
struct OmniglotFile {
  private static let schema = 1

  let characters: [String]
  /// `[characters, drawers, 28, 28]`, ink = 255.
  let images: [UInt8]

  /// - Precondition: `images` holds 20 drawings of each character.
  init(characters: [String], images: [UInt8]) {
    precondition(images.count == characters.count * Self.perCharacter)
    self.characters = characters
    self.images = images
  }

  /// Reads a file and checks it against its digest.
  ///
  /// - Throws: `EpisodesError.notImported`, `.notOurs`, `.damaged`, and `StorageError`.
  init(reading url: URL) throws {
    do {
      try self.init(opening: url)
    } catch StorageError.notFound {
      throw EpisodesError.notImported(dataset: Omniglot.name, file: url.path)
    } catch StorageError.damaged {
      throw EpisodesError.damaged(file: url.path, dataset: Omniglot.name)
    }
  }

  private init(opening url: URL) throws {
    let file = try HDF5File.open(reading: url)
    guard try file.text(attribute: "dataset") == Omniglot.name else {
      throw EpisodesError.notOurs(file: url.path, reason: "it does not say that it is Omniglot")
    }
    guard try file.integer(attribute: "schema") == Self.schema else {
      throw EpisodesError.notOurs(file: url.path, reason: "another version of the layout")
    }
    let names = String(decoding: try file.bytes("/characters").values, as: UTF8.self)
    characters = names.split(separator: "\n").map(String.init)
    images = try file.bytes("/images").values
    guard images.count == characters.count * Self.perCharacter, Set(characters).count == characters.count,
      try file.text(attribute: "digest") == digest
    else { throw EpisodesError.damaged(file: url.path, dataset: Omniglot.name) }
  }

  /// Writes the file whole or not at all.
  ///
  /// - Throws: `StorageError.noSpace`, `StorageError.notWritable`.
  func write(to url: URL) throws {
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.setAttribute("dataset", Omniglot.name)
      try file.setAttribute("schema", Self.schema)
      try file.setAttribute("digest", digest)
      let names = Array(characters.joined(separator: "\n").utf8)
      try file.write("/characters", names, shape: [names.count])
      try file.write(
        "/images", images,
        shape: [characters.count, Omniglot.drawings, Omniglot.side, Omniglot.side])
      try file.close()
    }
  }

  /// The hexadecimal SHA-256 of names and pixels.
  var digest: String {
    var digest = Digest()
    digest.absorb(characters.joined(separator: "\n"))
    digest.absorb(images)
    return digest.hex
  }

  /// The images of some characters, as classes in that order with all their rotations, or without.
  ///
  /// - Parameter drawers: Those whose drawings are taken.
  /// - Throws: `EpisodesError.missingCharacters`.
  func images(
    of wanted: [String], rotations: Int = Omniglot.rotations, drawers: Range<Int> = 0..<Omniglot.drawings
  ) throws -> ClassImages {
    let places = Dictionary(uniqueKeysWithValues: characters.enumerated().map { ($1, $0) })
    let missing = wanted.filter { places[$0] == nil }
    if let first = missing.first {
      throw EpisodesError.missingCharacters(count: missing.count, of: wanted.count, first: first)
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(wanted.count * Self.perCharacter)
    for character in wanted {
      let start = places[character]! * Self.perCharacter
      pixels += images[start + drawers.lowerBound * Self.perDrawing..<start + drawers.upperBound * Self.perDrawing]
    }
    return ClassImages(
      pixels: pixels, examplesPerClass: drawers.count, channels: 1, height: Omniglot.side,
      width: Omniglot.side, rotations: rotations)
  }

  private static let perDrawing = Omniglot.side * Omniglot.side
  private static let perCharacter = Omniglot.drawings * perDrawing
}
