import Foundation

/// The lists that Ravi and Larochelle published with their split: `train.csv`, `val.csv`, `test.csv`,
/// each with lines of `filename,label`, for images that all lie in one folder.
///
/// Images are known by their names without endings, so that an image may have been saved in another
/// format. The first line, `filename,label`, may be missing.
package struct RaviLists {
  /// What a line says of an image.
  struct Entry {
    let className: String
    /// Where it says so.
    let file: String, line: Int
    fileprivate let name: String
    fileprivate let order: Int
  }

  /// By name without its ending.
  private var entries: [Substring: Entry] = [:]

  private static let files: [(name: String, part: Part)] = [
    ("train.csv", .train), ("val.csv", .validation), ("test.csv", .test),
  ]

  /// The lists in a folder; nil if there are none.
  ///
  /// - Throws: `EpisodesError.badList` naming file and line, also where lists contradict each other;
  ///   `.unreadable`.
  package init?(inFolder folder: URL) throws {
    for (name, part) in Self.files {
      let file = folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      let lines = try ArchiveFile.bytes(of: file)
        .split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
      for (index, line) in lines.enumerated() {
        let text = String(decoding: line, as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines)
        if !text.isEmpty { try add(text, of: part, at: index + 1, of: file.path) }
      }
    }
    if entries.isEmpty { return nil }
  }

  private mutating func add(_ text: String, of part: Part, at line: Int, of file: String) throws {
    let fields = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard fields.count == 2 else {
      throw EpisodesError.badList(file: file, line: line, reason: "it is not 'filename,label'")
    }
    if line == 1, !MiniImageNet.photographs.isClassLike(fields[1]) { return }
    guard MiniImageNet.split.classes(of: part).contains(fields[1]) else {
      throw EpisodesError.badList(
        file: file, line: line,
        reason: "'\(fields[1])' is not a \(part.noun) class of the split"
          + " '\(MiniImageNet.split.name)'")
    }
    let stem = PhotographName(className: fields[1], name: fields[0]).stem
    if let earlier = entries[stem] {
      guard earlier.className == fields[1] else {
        throw EpisodesError.badList(
          file: file, line: line,
          reason: "'\(fields[0])' is of class \(fields[1]) here, but also listed as"
            + " \(earlier.className) in \(earlier.file):\(earlier.line)")
      }
      return
    }
    entries[stem] = Entry(
      className: fields[1], file: file, line: line, name: fields[0], order: entries.count)
  }

  /// The number of images that are listed.
  var count: Int { entries.count }

  /// What is said of a file of this name, whatever its ending.
  subscript(name: String) -> Entry? { entries[PhotographName(className: "", name: name).stem] }

  /// The listed images that are not among those seen, in the order of the lists.
  ///
  /// - Parameter seen: Names without endings.
  func missing(from seen: Set<Substring>) -> [String] {
    entries.filter { !seen.contains($0.key) }.values.sorted { $0.order < $1.order }.map(\.name)
  }
}
