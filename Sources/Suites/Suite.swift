import Digests
import Foundation
import Kinds

/// What a suite file says: the cells to run, and how to report and judge them.
///
///     let suite = try Suite.load(URL(filePath: "suites/quickstart.yaml"))
///     for cell in suite.cells { print(cell.id) }
///
/// The grammar is described in `Documentation/Suites.md`.
public struct Suite: Sendable {
  /// What its folder of results is called.
  public let name: String
  /// What the report is headed with; the name if the file gives none.
  public let title: String
  /// Raised when a number could change; part of every cell's identity.
  public let version: Int
  /// Where all randomness of its cells begins.
  public let seed: UInt64
  /// The kind of experiment.
  public let kind: KindDescription
  /// In the order they run: all of repeat 0 first.
  public let cells: [Cell]
  /// What its report shows.
  public let report: ReportLayout
  /// What it lets a run decide.
  public let claims: [Claim]
  /// When its results may fail a build; nil if it does not say.
  public let gate: Gate?
  /// Which cells keep their learned parameters.
  public let store: StorePolicy
  private let origins: [String: [String: ValueOrigin]]
  /// Hexadecimal SHA-256 of the file's text.
  public let digest: String
  /// The file's text.
  public let source: String

  /// Reads and checks the suite file at `url`.
  ///
  /// - Parameter catalog: The algorithms and datasets that the suite may name.
  /// - Throws: `SuiteError`.
  public static func load(_ url: URL, catalog: Catalog = .standard) throws -> Suite {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: url.path)
      throw SuiteError.unreadable(
        file: url.relativePath,
        reason: exists ? "it is not a text file that may be read." : "there is no such file.")
    }
    return try Suite(yaml: text, file: url.relativePath, catalog: catalog)
  }

  /// Reads and checks the text of a suite file.
  ///
  /// - Parameter file: What errors call the file.
  /// - Throws: `SuiteError`.
  public init(yaml: String, file: String, catalog: Catalog = .standard) throws {
    let parser = try SuiteParser(root: try SuiteNode(yaml: yaml, file: file), catalog: catalog)
    self = try parser.suite(source: yaml)
  }

  /// The name in the text of a suite file, whatever else is wrong with it; nil if there is none.
  public static func name(inYAML yaml: String) -> String? {
    try? SuiteNode(yaml: yaml, file: "").section().entries.first { $0.key == "suite" }?.value.text()
  }

  init(
    name: String, title: String, version: Int, seed: UInt64, kind: KindDescription, cells: [Cell],
    report: ReportLayout,
    claims: [Claim], gate: Gate?, store: StorePolicy,
    origins: [String: [String: ValueOrigin]], source: String
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.seed = seed
    self.kind = kind
    self.cells = cells
    self.report = report
    self.claims = claims
    self.gate = gate
    self.store = store
    self.origins = origins
    self.source = source
    digest = Digest.hex(of: source)
  }

  /// Where the file says what a value of a cell is; nil where the value is a default.
  ///
  /// - Parameter value: `version`, `seed`, an axis of the grid, `split`, or a key of the protocol or
  ///   the settings after its section: `train.iterations`, `test.query`, `settings.innerRate`.
  public func origin(of value: String, in cell: Cell) -> ValueOrigin? { origins[cell.id]?[value] }
}
