/// A color image as it was found, before its pixels are known to be usable.
struct Photograph: Sendable {
  /// Its class, and its name among those of the class.
  let name: PhotographName
  /// The path within the archive or folder.
  let entry: String
  /// The archive, folder or file.
  let file: String
  let content: Content

  enum Content: Sendable {
    /// A whole JPEG or PNG file.
    case file([UInt8])
    /// `[side, side, 3]`, red first.
    case pixels([UInt8])

    /// The bytes as they are.
    var bytes: [UInt8] {
      switch self {
      case .file(let bytes), .pixels(let bytes): bytes
      }
    }
  }

  /// The pixels, `[side, side, 3]`, red first.
  ///
  /// What a file is, its content decides, not its name.
  ///
  /// - Throws: `EpisodesError.damagedImage`.
  func pixels(side: Int) throws(EpisodesError) -> [UInt8] {
    do throws(UnusableImage) {
      switch content {
      case .pixels(let pixels): return pixels
      case .file(let bytes) where bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]):
        return try PNG.pixels(of: bytes, height: side, width: side, channels: 3)
      case .file(let bytes): return try JPEG.pixels(of: bytes, height: side, width: side)
      }
    } catch {
      throw .damagedImage(entry: entry, file: file, reason: error.reason)
    }
  }
}

/// What tells an image from others, however it was packed.
struct PhotographName: Hashable, Comparable, Sendable {
  let className: String
  /// With its ending, as in `n0153282900000005.jpg`.
  let name: String

  /// The name without its ending.
  var stem: Substring { name.lastIndex(of: ".").map { name[..<$0] } ?? name[...] }

  var text: String { "\(className)/\(name)" }

  /// By class, then by name.
  static func < (first: PhotographName, second: PhotographName) -> Bool {
    (first.className, first.name) < (second.className, second.name)
  }
}
