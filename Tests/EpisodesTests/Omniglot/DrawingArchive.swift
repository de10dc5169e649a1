import Episodes
import Foundation

/// A made-up Omniglot of a few characters, to be packed with or without faults.
struct DrawingArchive {
  /// PNG files by path, as in the official archives.
  var files: [String: [UInt8]] = [:]
  let catalogue: OmniglotCatalogue

  init() {
    var characters: [OmniglotCatalogue.Character] = []
    for (number, name) in ["Greek/character01", "Greek/character02", "Tengwar/character01"]
      .enumerated()
    {
      var ink: [UInt8] = []
      for drawer in 1...20 {
        let drawing = Self.drawing(number, drawer)
        ink += drawing
        files["images_background/\(name)/000\(number)_\(drawer < 10 ? "0" : "")\(drawer).png"] =
          Self.png(drawing, side: 105)
      }
      characters.append(.init(name: name, digest: OmniglotCatalogue.digest(ofInk: ink)))
    }
    catalogue = OmniglotCatalogue(characters)
  }

  /// A box whose place and size say which drawing it is.
  static func drawing(_ number: Int, _ drawer: Int) -> [UInt8] {
    (0..<105 * 105).map { pixel in
      let (x, y) = (pixel % 105, pixel / 105)
      return x >= 10 * number && x < 40 + drawer && y >= 3 * drawer && y < 80 ? 1 : 0
    }
  }

  static func png(_ ink: [UInt8], side: Int) -> [UInt8] {
    PNGFile.bytes(ink.map { $0 == 1 ? UInt8(0) : 255 }, side: side, channels: 1)
  }

  func writeZip(_ url: URL) { PackedFiles(files: files).writeZip(url) }

  func writeFolder(_ url: URL) throws { try PackedFiles(files: files).writeFolder(url) }
}
