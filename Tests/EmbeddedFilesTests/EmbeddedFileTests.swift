import EmbeddedFiles
import Foundation
import Testing

@Suite struct EmbeddedFileTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A list, figure, style or suite that is added to the tree must be added to the program.
  @Test func theProgramCarriesAllSplitsFiguresStylesAndSuites() throws {
    var paths: [String] = []
    for folder in ["Sources/Episodes/Splits", "Sources/Reports/Published", "Sources/Reports/Style", "suites", "tables"] {
      let files = try #require(
        FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path))
      for case let file as String in files
      where ["txt", "csv", "css", "js", "yaml"].contains(URL(filePath: file).pathExtension) {
        paths.append("\(folder)/\(file)")
      }
    }
    #expect(EmbeddedFile.all.map(\.path).sorted() == paths.sorted())
  }

  @Test func textsAreThoseOfTheFiles() throws {
    #expect(!EmbeddedFile.all.isEmpty)
    for file in EmbeddedFile.all {
      let text = try String(contentsOf: Self.root.appending(path: file.path), encoding: .utf8)
      #expect(file.text == text, "\(file.path)")
    }
  }
}
