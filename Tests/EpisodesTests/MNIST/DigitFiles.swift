import CArchive
import Digests
import Episodes
import Foundation

/// Four small files in MNIST's format, and the catalogue that knows them.
struct DigitFiles {
  static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  /// The files when they are not compressed, by their names.
  var contents: [String: [UInt8]] = [:]

  /// 40 training images, of which 10 are for validation, and 20 for testing: image i shows the digit
  /// i mod 10, and its pixels are all 10 i mod 256.
  init() {
    for (set, count) in [("train", 40), ("t10k", 20)] {
      let pixels = (0..<count).flatMap { [UInt8](repeating: UInt8(10 * $0 % 256), count: 784) }
      contents["\(set)-images-idx3-ubyte"] = Self.idx([count, 28, 28], pixels)
      contents["\(set)-labels-idx1-ubyte"] = Self.idx([count], (0..<count).map { UInt8($0 % 10) })
    }
  }

  var catalogue: MNISTCatalogue {
    func file(_ index: Int, _ shape: [Int]) -> MNISTCatalogue.File {
      var digest = Digest()
      digest.absorb(bytes: contents[Self.names[index]]!)
      return .init(name: Self.names[index], shape: shape, digest: digest.hex)
    }
    return MNISTCatalogue(
      trainImages: file(0, [40, 28, 28]), trainLabels: file(1, [40]),
      testImages: file(2, [20, 28, 28]), testLabels: file(3, [20]), validation: 10)
  }

  /// Bytes behind their shape.
  static func idx(_ shape: [Int], _ values: [UInt8]) -> [UInt8] {
    let lengths = shape.flatMap { length in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    }
    return [0, 0, 8, UInt8(shape.count)] + lengths + values
  }

  /// A file compressed with gzip.
  static func gzip(_ content: [UInt8], to url: URL) {
    let archive = archive_write_new()
    archive_write_set_format_raw(archive)
    archive_write_add_filter_gzip(archive)
    archive_write_open_filename(archive, url.path)
    let entry = archive_entry_new()
    archive_entry_set_filetype(entry, 0o100000)
    archive_write_header(archive, entry)
    archive_write_data(archive, content, content.count)
    archive_entry_free(entry)
    archive_write_free(archive)
  }

  /// Lays the files into a folder and returns where they are, in the order of ``names``.
  func write(to folder: URL, gzipped: Bool) throws -> [URL] {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try Self.names.map { name in
      let url = folder.appendingPathComponent(gzipped ? name + ".gz" : name)
      if gzipped {
        Self.gzip(contents[name]!, to: url)
      } else {
        try Data(contents[name]!).write(to: url)
      }
      return url
    }
  }
}
