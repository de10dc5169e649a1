import CEmbedded

/// A file of the source tree that the program carries inside itself: splits, published figures,
/// styles and shipped suites. The list is in `CEmbedded/files.c`.
///
///     EmbeddedFile.text("suites/quickstart.yaml")
public struct EmbeddedFile: Sendable {
  /// Its path from the root of the tree on.
  public let path: String
  /// Its text, as it was when the program was built.
  public let text: String

  /// All of them: those of a folder together, in order of their names.
  public static let all: [EmbeddedFile] = {
    var count = 0
    let table = UnsafeBufferPointer(start: mb_embedded_files(&count), count: count)
    return table.map { file in
      EmbeddedFile(
        path: String(cString: file.path),
        text: String(
          decoding: UnsafeRawBufferPointer(start: file.bytes, count: file.count), as: UTF8.self))
    }
  }()

  /// The text of the file at `path`.
  ///
  /// - Precondition: It is in the list.
  public static func text(_ path: String) -> String {
    guard let file = all.first(where: { $0.path == path }) else {
      preconditionFailure("\(path) is not in CEmbedded/files.c")
    }
    return file.text
  }
}
