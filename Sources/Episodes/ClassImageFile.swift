import Digests
import Foundation
import Storage
import Tensors

/// Color images of named classes, as an import leaves them in the data directory.
///
/// | name       | shape                        | type  |                                     |
/// |------------|------------------------------|-------|-------------------------------------|
/// | `/images`  | `[images, height, width, 3]` | uint8 | class by class, red first           |
/// | `/classes` | `[bytes]`                    | uint8 | the classes' names, one per line    |
/// | `/counts`  | `[classes]`                  | int64 | images of each class                |
/// | `/digests` | `[classes, 64]`              | uint8 | SHA-256 of each class's images, hex |
///
/// Attributes: `dataset` and `schema`. The checksum of the file leaves `/images` out: a part is
/// checked against the digests of its classes when it is read, so that opening costs what the part
/// costs, not what the file does.
package struct ClassImageFile {
  private static let schema = 1

  /// A class of the file.
  struct Class: Equatable {
    let name: String
    /// How many images there are of it.
    let count: Int
    /// The hexadecimal SHA-256 of their bytes.
    let digest: String
  }

  let url: URL
  let height: Int, width: Int
  let classes: [Class]

  /// Reads everything but the images.
  ///
  /// - Parameters:
  ///   - kind: What the file must say that it holds.
  ///   - dataset: The dataset that is to be opened, for errors.
  /// - Throws: `EpisodesError.notImported`, `.notOurs`, `.damaged`, and `StorageError`.
  init(reading url: URL, kind: String, dataset: String) throws {
    do {
      try self.init(opening: url, kind: kind, dataset: dataset)
    } catch StorageError.notFound {
      throw EpisodesError.notImported(dataset: dataset, file: url.path)
    } catch StorageError.damaged {
      throw EpisodesError.damaged(file: url.path, dataset: dataset)
    }
  }

  private init(opening url: URL, kind: String, dataset: String) throws {
    try self.init(HDF5File.open(reading: url), kind: kind, dataset: dataset)
  }

  package init(_ file: HDF5File, kind: String, dataset: String) throws {
    let url = file.url
    guard try file.text(attribute: "dataset") == kind else {
      throw EpisodesError.notOurs(file: url.path, reason: "it does not say that it is \(kind)")
    }
    guard try file.integer(attribute: "schema") == Self.schema else {
      throw EpisodesError.notOurs(file: url.path, reason: "another version of the layout")
    }
    let names = String(decoding: try file.bytes("/classes").values, as: UTF8.self)
      .split(separator: "\n").map(String.init)
    let counts = try file.int64s("/counts").values.map(Int.init)
    let digests = String(decoding: try file.bytes("/digests").values, as: UTF8.self)
    let shape = try file.shape(of: "/images")
    guard names.count == counts.count, Set(names).count == names.count, digests.utf8.count == 64 * names.count,
      shape.count == 4, shape[1] > 0, shape[2] > 0, shape[3] == 3, counts.allSatisfy({ (1...shape[0]).contains($0) }),
      Double(counts.count) * Double(shape[0]) < 1e18, counts.reduce(0, +) == shape[0]
    else { throw EpisodesError.damaged(file: url.path, dataset: dataset) }
    self.url = url
    height = shape[1]
    width = shape[2]
    classes = names.indices.map { index in
      let digits = digests.utf8.dropFirst(64 * index).prefix(64)
      return Class(
        name: names[index], count: counts[index], digest: String(decoding: digits, as: UTF8.self))
    }
  }

  private init(url: URL, height: Int, width: Int, classes: [Class]) {
    self.url = url
    self.height = height
    self.width = width
    self.classes = classes
  }

  /// The hexadecimal SHA-256 of the classes' names, counts and digests, and so of all images.
  var digest: String {
    var digest = Digest()
    digest.absorb([height, width])
    for item in classes {
      digest.absorb(item.name)
      digest.absorb(item.count)
      digest.absorb(item.digest)
    }
    return digest.hex
  }

  // MARK: Parts

  /// The images of one part, with its classes in their order.
  ///
  /// - Parameters:
  ///   - complete: Images of every class of the complete dataset.
  ///   - dataset: For errors.
  /// - Throws: `EpisodesError.missingClasses` if not all classes of the part are there, `.damaged`,
  ///   and `StorageError`.
  /// - Complexity: O(bytes of the part): others are not read. They are hashed on all threads.
  func images(
    of part: Part, in split: ClassSplit, complete: Int, dataset: String
  ) throws -> ClassImages {
    let wanted = split.classes(of: part)
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1.name, $0) })
    let missing = wanted.filter { places[$0] == nil }
    if let first = missing.first {
      throw EpisodesError.missingClasses(
        dataset: dataset, part: part, count: missing.count, of: wanted.count, first: first,
        file: url.path)
    }
    let found = wanted.map { places[$0]! }
    let counts = found.map { classes[$0].count }
    let pixels = try read(found, counts)
    let starts = counts.reduce(into: [0]) { $0.append($0.last! + $1) }
    let size = height * width * 3
    let areRight = Workers.map(found.count) { index in
      var digest = Digest()
      pixels.withUnsafeBytes {
        let own = $0[starts[index] * size..<starts[index + 1] * size]
        digest.absorb(bytes: UnsafeRawBufferPointer(rebasing: own))
      }
      return digest.hex == classes[found[index]].digest
    }
    guard areRight.allSatisfy(\.self) else {
      throw EpisodesError.damaged(file: url.path, dataset: dataset)
    }
    var digest = Digest()
    digest.absorb("class images 2")
    digest.absorb([3, height, width])
    digest.absorb(counts)
    found.forEach { digest.absorb(classes[$0].digest) }
    return ClassImages(
      pixels: pixels, counts: counts, channels: 3, height: height, width: width,
      complete: complete, digest: digest.hex)
  }

  /// The pixels of some classes, one after the other.
  private func read(_ wanted: [Int], _ counts: [Int]) throws -> [UInt8] {
    let file = try HDF5File.open(reading: url)
    let size = height * width * 3
    let starts = classes.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    // A forged file may say that it is of any length.
    let (needed, present) = (Double(counts.reduce(0, +)) * Double(size), Double(ProcessInfo.processInfo.physicalMemory))
    guard needed <= present else {
      throw StorageError.notReadable(
        file: url.path, reason: "its images need \(Int(needed / 1e9)) GB, and this machine has \(Int(present / 1e9))")
    }
    return try [UInt8](unsafeUninitializedCapacity: counts.reduce(0, +) * size) { buffer, filled in
      for index in wanted {
        let bytes = classes[index].count * size
        try file.read(
          rows: starts[index]..<starts[index + 1], of: "/images",
          into: UnsafeMutableBufferPointer(rebasing: buffer[filled..<filled + bytes]))
        filled += bytes
      }
    }
  }

  /// What the file holds of a split: `images per class: 500 (of 600) in training, 600 in validation
  /// and test`.
  func content(of split: ClassSplit, complete: Int) -> String {
    let counts = Dictionary(uniqueKeysWithValues: classes.map { ($0.name, $0.count) })
    var groups: [(text: String, parts: [String])] = []
    for part in Part.allCases {
      let wanted = split.classes(of: part)
      let found = wanted.compactMap { counts[$0] }
      var text = "none"
      if let fewest = found.min(), let most = found.max() {
        text = fewest == most ? "\(fewest)" : "\(fewest) to \(most)"
        if fewest < complete { text += " (of \(complete))" }
        if found.count < wanted.count { text += " and \(found.count) of \(wanted.count) classes" }
      }
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].parts.append(part.noun)
      } else {
        groups.append((text, [part.noun]))
      }
    }
    return "images per class: "
      + groups.map { "\($0.text) in \($0.parts.joined(separator: " and "))" }.joined(separator: ", ")
  }

  // MARK: Writing

  /// Refuses to replace an earlier import that has more images of some class.
  ///
  /// What lies there and is no import of this kind is not looked at.
  ///
  /// - Parameters:
  ///   - dataset: For errors.
  ///   - remarks: What was left out now, which may be why.
  /// - Throws: `EpisodesError.smallerImport`.
  static func checkReplacing(
    _ url: URL, kind: String, dataset: String, with classes: [(name: String, count: Int)],
    remarks: [String]
  ) throws {
    guard let present = try? ClassImageFile(reading: url, kind: kind, dataset: dataset) else { return }
    let counts = Dictionary(uniqueKeysWithValues: classes.map { ($0.name, $0.count) })
    let lost = present.classes.count { counts[$0.name, default: 0] < $0.count }
    guard lost == 0 else {
      throw EpisodesError.smallerImport(
        dataset: dataset, file: url.path,
        present: ImportSize(
          classes: present.classes.count, examples: present.classes.map(\.count).reduce(0, +)),
        coming: ImportSize(
          classes: classes.count, examples: classes.map(\.count).reduce(0, +)),
        lost: lost, remarks: remarks)
    }
  }

  /// Writes a file whole or not at all, without ever having all images in memory.
  ///
  /// - Parameters:
  ///   - kind: What the file says that it holds.
  ///   - classes: Names and numbers of images, in the order of the file; no number is 0.
  ///   - fill: Hands over every image once, with its place among all images of the file.
  /// - Throws: What `fill` throws, `StorageError.noSpace`, `.notWritable`.
  package static func write(
    to url: URL, kind: String, height: Int, width: Int, classes: [(name: String, count: Int)],
    _ fill: (_ store: (_ pixels: [UInt8], _ place: Int) throws -> Void) throws -> Void
  ) throws -> ClassImageFile {
    let size = height * width * 3
    let total = classes.map(\.count).reduce(0, +)
    var written: [Class] = []
    try AtomicFile.write(to: url) { temporary in
      let spaces = [
        LargeHDF5File.Space("/images", [total, height, width, 3]),
        LargeHDF5File.Space("/digests", [classes.count, 64]),
      ]
      let file = try LargeHDF5File.create(at: temporary, reserving: spaces) { layout in
        try layout.setAttribute("dataset", kind)
        try layout.setAttribute("schema", schema)
        let names = Array(classes.map(\.name).joined(separator: "\n").utf8)
        try layout.write("/classes", names, shape: [names.count])
        try layout.write("/counts", classes.map { Int64($0.count) }, shape: [classes.count])
      }
      try fill { pixels, place in try file.write(pixels, to: "/images", at: place * size) }
      var start = 0
      for (index, item) in classes.enumerated() {
        var digest = Digest()
        digest.absorb(bytes: try file.bytes(start..<start + item.count * size, of: "/images"))
        try file.write(Array(digest.hex.utf8), to: "/digests", at: 64 * index)
        written.append(Class(name: item.name, count: item.count, digest: digest.hex))
        start += item.count * size
      }
      try file.close(leavingOut: "/images")
    }
    return ClassImageFile(url: url, height: height, width: width, classes: written)
  }
}
