import Foundation

/// The lists that Ravi and Larochelle published with their split: `train.csv`, `val.csv`, `test.csv`,
/// each with lines of `filename,label`, for images that all lie in one folder.
enum RaviLists {
  private static let files: [(name: String, part: Part)] = [
    ("train.csv", .train), ("val.csv", .validation), ("test.csv", .test),
  ]

  /// The classes of all listed images by file name; nil if there is no list in the folder.
  ///
  /// - Throws: `EpisodesError.badList` naming file and line, `.unreadable`.
  static func classes(inFolder folder: URL) throws -> [String: String]? {
    var classes: [String: String] = [:]
    for (name, part) in files {
      let file = folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      let known = Set(MiniImageNet.split.classes(of: part))
      let lines = try Archive.bytes(of: file)
        .split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
      for (index, line) in lines.enumerated().dropFirst() {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
          .replacing("\r", with: "")
        if text.isEmpty { continue }
        let fields = text.split(separator: ",").map(String.init)
        guard fields.count == 2 else {
          throw EpisodesError.badList(
            file: file.path, line: index + 1, reason: "it is not 'filename,label'")
        }
        guard known.contains(fields[1]) else {
          throw EpisodesError.badList(
            file: file.path, line: index + 1,
            reason: "'\(fields[1])' is not a \(part.noun) class of the split"
              + " '\(MiniImageNet.split.name)'")
        }
        classes[fields[0]] = fields[1]
      }
    }
    return classes.isEmpty ? nil : classes
  }
}
