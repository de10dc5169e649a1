import Foundation
import Storage

/// Packs the official archives of Omniglot into one file of the data directory.
///
/// What is checked is content: every character with its 20 drawings, pixel by pixel. How the
/// archives were packed does not matter, and every import gives the same file, byte for byte.
public enum OmniglotImporter {
  /// Imports all 1623 characters.
  ///
  /// - Parameters:
  ///   - archives: The official zip files, the folder they unpack to, or the folder they are in.
  ///   - data: The data directory; it is made if it is not there.
  ///   - progress: Called now and then with the finished part, in 0...1.
  /// - Throws: `EpisodesError` for anything wrong with the archives, `StorageError.noSpace` or
  ///   `.notWritable`; an earlier import is then as it was.
  /// - Complexity: a few seconds; 60 MB of memory.
  public static func run(
    archives: [URL], into data: URL, progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    try run(archives: archives, into: data, catalogue: .complete, progress: progress)
  }

  /// Imports the characters of another catalogue, which tests make up.
  package static func run(
    archives: [URL], into data: URL, catalogue: OmniglotCatalogue,
    progress: (Double) -> Void = { _ in }
  ) throws -> ImportSummary {
    guard !archives.isEmpty else {
      throw EpisodesError.nothingToImport(dataset: Omniglot.name, files: Omniglot.archives)
    }
    let drawings = try collect(archives, catalogue)
    progress(0.1)
    var images: [UInt8] = []
    images.reserveCapacity(
      catalogue.characters.count * Omniglot.drawings * Omniglot.side * Omniglot.side)
    for (index, character) in catalogue.characters.enumerated() {
      images += try reducedDrawings(of: character, drawings[index])
      progress(0.1 + 0.8 * Double(index + 1) / Double(catalogue.characters.count))
    }
    let file = OmniglotFile(characters: catalogue.characters.map(\.name), images: images)
    let url = Datasets.file(of: Omniglot.name, in: data)!
    try file.write(to: url)
    progress(1)
    return ImportSummary(
      dataset: Omniglot.name, file: url, classes: catalogue.characters.count,
      examples: catalogue.characters.count * Omniglot.drawings, digest: file.digest)
  }

  /// A drawing as it was found: still a PNG.
  private struct Found {
    let entry: String
    let png: [UInt8]
  }

  /// The drawings of every character of the catalogue, in the order of the drawers.
  private static func collect(
    _ archives: [URL], _ catalogue: OmniglotCatalogue
  ) throws -> [[Found]] {
    let places = Dictionary(
      uniqueKeysWithValues: catalogue.characters.enumerated().map { ($1.name, $0) })
    var found = [[Found?]](
      repeating: Array(repeating: nil, count: Omniglot.drawings),
      count: catalogue.characters.count)
    for given in archives {
      var isEmpty = true
      var others = FileCensus()
      for archive in inside(given) {
        try ArchiveFile.forEachFile(in: archive, limit: 1 << 20) { path in
          guard let drawing = drawing(path) else {
            others.count(path)
            return nil
          }
          guard let place = places[drawing.character] else {
            throw EpisodesError.unknownDrawing(entry: path, file: archive.path)
          }
          return (place, drawing.drawer)
        } _: { (drawing: (place: Int, drawer: Int), path, png) in
          isEmpty = false
          found[drawing.place][drawing.drawer - 1] = Found(entry: path, png: png)
        }
      }
      if isEmpty { throw EpisodesError.noDrawings(file: given.path, found: others.text) }
    }
    let missing = catalogue.characters.indices.filter { found[$0].allSatisfy { $0 == nil } }
    if let first = missing.first {
      throw EpisodesError.missingCharacters(
        count: missing.count, of: catalogue.characters.count,
        first: catalogue.characters[first].name)
    }
    return try zip(catalogue.characters, found).map { character, drawings in
      let drawers = drawings.indices.filter { drawings[$0] == nil }.map { $0 + 1 }
      guard drawers.isEmpty else {
        throw EpisodesError.missingDrawings(character: character.name, drawers: drawers)
      }
      return drawings.compactMap { $0 }
    }
  }

  /// The 20 drawings of a character, checked and reduced to 28 x 28.
  private static func reducedDrawings(
    of character: OmniglotCatalogue.Character, _ drawings: [Found]
  ) throws -> [UInt8] {
    var ink: [UInt8] = []
    var reduced: [UInt8] = []
    for drawing in drawings {
      let pixels = try OmniglotDrawing.ink(png: drawing.png, entry: drawing.entry)
      ink += pixels
      reduced += OmniglotDrawing.reduced(pixels)
    }
    guard OmniglotCatalogue.digest(ofInk: ink) == character.digest else {
      throw EpisodesError.wrongPixels(character: character.name)
    }
    return reduced
  }

  /// What is read of what the user gave: the official archives where it is the folder that they are in,
  /// and that folder itself unless they are both there.
  private static func inside(_ url: URL) -> [URL] {
    let archives = Omniglot.archives.map { url.appendingPathComponent($0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    return archives.count == Omniglot.archives.count ? archives : archives + [url]
  }

  /// The character and the drawer (1 to 20) of `.../Alphabet/characterNN/NNNN_MM.png`.
  private static func drawing(_ path: String) -> (character: String, drawer: Int)? {
    let parts = path.split(separator: "/").suffix(3)
    guard path.hasSuffix(".png"), !ArchiveFile.isHidden(path), parts.count == 3,
      let file = parts.last, parts.dropFirst().first!.hasPrefix("character"),
      let drawer = Int(file.dropLast(4).suffix(2)), (1...Omniglot.drawings).contains(drawer)
    else { return nil }
    return (parts.dropLast().joined(separator: "/"), drawer)
  }
}
