import EmbeddedFiles

/// The lists of classes that the program carries.
enum SplitList {
  /// The lines of `Splits/<name>.txt`.
  static func lines(_ name: String) -> [String] {
    EmbeddedFile.text("Sources/Episodes/Splits/\(name).txt").split(separator: "\n").map(String.init)
  }
}
