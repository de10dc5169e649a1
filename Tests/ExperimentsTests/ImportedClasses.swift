import Digests
import Foundation
import Storage

/// The file of an import of color images, made up: every image of a class is of one shade.
struct ImportedClasses {
  private let kind: String
  private let side: Int
  private let classes: [String]
  private let counts: [Int]
  private let shade: Int

  /// - Parameters:
  ///   - kind: What the file says that it holds.
  ///   - lists: Where the lists of the classes are, below the splits.
  ///   - count: Images of each class.
  ///   - shade: Makes different images of the same classes.
  init(
    of kind: String, lists: String, side: Int, count: (_ index: Int) -> Int, shade: Int = 0
  ) throws {
    self.kind = kind
    self.side = side
    self.shade = shade
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Episodes/Splits/\(lists)")
    classes = try ["train", "validation", "test"].flatMap { part in
      try String(contentsOf: folder.appendingPathComponent("\(part).txt"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    counts = classes.indices.map(count)
  }

  func write(to url: URL) throws {
    var pixels: [UInt8] = []
    var digests = ""
    for (index, count) in counts.enumerated() {
      let own = [UInt8](repeating: UInt8(index + shade), count: count * side * side * 3)
      pixels += own
      var digest = Digest()
      digest.absorb(bytes: own)
      digests += digest.hex
    }
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.setAttribute("dataset", kind)
      try file.setAttribute("schema", 1)
      let names = Array(classes.joined(separator: "\n").utf8)
      try file.write("/classes", names, shape: [names.count])
      try file.write("/counts", counts.map(Int64.init), shape: [classes.count])
      try file.write("/digests", Array(digests.utf8), shape: [classes.count, 64])
      try file.write("/images", pixels, shape: [counts.reduce(0, +), side, side, 3])
      try file.close()
    }
  }
}
