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
  /// - Throws: `SuiteError`, or `SuiteMistakes` if there are several.
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
  /// - Throws: `SuiteError`, or `SuiteMistakes` if there are several.
  public init(yaml: String, file: String, catalog: Catalog = .standard) throws {
    let root = try SuiteNode(yaml: yaml, file: file)
    func suite(_ root: SuiteNode) throws -> Suite {
      try SuiteParser(root: root, catalog: catalog).suite(source: yaml)
    }
    do {
      self = try suite(root)
    } catch let first as SuiteError {
      throw SuiteMistakes.error(from: first, in: root) { _ = try suite($0) }
    }
  }

  /// The same suite as if its file said another seed.
  ///
  /// - Throws: `SuiteError`.
  public func reseeded(_ seed: UInt64, catalog: Catalog = .standard) throws -> Suite {
    // The seed is where the parser found it.
    let node = try SuiteNode(yaml: source, file: name).section()["seed"]!
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var line = Array(lines[node.place.line - 1].unicodeScalars)
    let first = node.place.column - 1
    line.replaceSubrange(first..<first + (node.node.scalar?.string.unicodeScalars.count ?? 0), with: "\(seed)".unicodeScalars)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: line)
    lines[node.place.line - 1] = String(text)
    return try Suite(yaml: lines.joined(separator: "\n"), file: name, catalog: catalog)
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
