import EmbeddedFiles
import Episodes
import Foundation
import Measures

/// A paper's table, put together again from the results of several suites: each row is taken from where it was
/// trained, and nothing is trained for it.
///
///     let table = try PaperTable.load(URL(filePath: "tables/maml-table1.yaml"))
///
/// Figures that must not be compared stand in parts of their own. The grammar is described in
/// `Documentation/Suites.md`.
public struct PaperTable: Sendable {
  /// What its folder of reports is called.
  public let name: String
  /// What the report is headed with.
  public let title: String
  /// In the order of the report.
  public let parts: [Part]

  /// Figures that may stand beside each other: one table.
  public struct Part: Sendable {
    /// The heading.
    public let title: String
    /// What is to be known of all of it, as sentences.
    public let notes: [String]
    /// From left to right.
    public let columns: [Column]
    /// From top to bottom.
    public let rows: [Row]
  }

  /// What figures of a column have in common.
  public struct Column: Sendable {
    /// The heading.
    public let heading: String
    /// Which of a row's cells.
    public let cells: Selection
    /// Which place of the outcome.
    public let measure: Measure
    /// What was measured: the test, or the last validation of training.
    public let stage: Episodes.Part
  }

  /// A system.
  public struct Row: Sendable {
    /// How the table calls it.
    public let name: String
    /// Where its cells are, by the names of suites: the first that has a result counts.
    public let suites: [String]
    /// Which cells.
    public let cells: Selection
    /// What is to be known of it; nil for nothing.
    public let note: String?
    /// Where the file says it, for errors.
    public let place: SourcePlace
  }

  init(name: String, title: String, parts: [Part]) {
    self.name = name
    self.title = title
    self.parts = parts
  }

  /// Reads and checks the file at `url`.
  ///
  /// - Throws: `SuiteError`.
  public static func load(_ url: URL) throws -> PaperTable {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw SuiteError.unreadable(file: url.relativePath, reason: "there is no such text file.")
    }
    return try PaperTable(yaml: text, file: url.relativePath)
  }

  /// Reads and checks a file's text.
  ///
  /// - Parameter file: What errors call the file.
  /// - Throws: `SuiteError`.
  public init(yaml: String, file: String) throws {
    self = try PaperTableParser(root: SuiteNode(yaml: yaml, file: file)).table()
  }

  /// The names of those that come with the program, sorted: the files of the folder `tables`.
  public static let shippedNames = shippedTexts.map(\.name).sorted()

  /// The one of that name that comes with the program; nil if there is none.
  ///
  /// - Throws: `SuiteError`.
  public static func shipped(named name: String) throws -> PaperTable? {
    try shippedTexts.first { $0.name == name }.map { try PaperTable(yaml: $0.text, file: name) }
  }

  private static let shippedTexts: [(name: String, text: String)] =
    EmbeddedFile.all.filter { $0.path.hasPrefix("tables/") }.map { file in
      (String(file.path.dropFirst("tables/".count).prefix { $0 != "." }), file.text)
    }
}
