import ArgumentParser
import Foundation
import Judgements
import Reports
import Results
import Suites

/// `metabench table`.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Put a paper's table together from the results of several suites.",
    discussion: """
      Each row is taken from the results of the suite that trained it; nothing is run. Prints the \
      tables and writes report.md and tables/ (Markdown, CSV, LaTeX); the same results give the same \
      bytes.

        metabench table maml-table1
        metabench table tables/nom-seminar.yaml --results results --out /tmp/seminar
      """)

  @Argument(help: "A table's file, or the name of one that comes with the program.")
  var table: String

  @Option(
    help: ArgumentHelp("The folder that holds the suites' results folders.", valueName: "dir"),
    completion: .directory)
  var results = "results"

  @Option(
    name: [.customShort("o"), .long, .customLong("output")],
    help: ArgumentHelp("The report's folder (default: reports/<table>).", valueName: "dir"),
    completion: .directory)
  var out: String?

  func run() throws {
    let table = try load()
    let root = UserPath.folder(results)
    let report = try PaperTableReport(table) { suite, place in
      let folder = ResultsFolder(url: root.appendingPathComponent(suite, isDirectory: true))
      if FileManager.default.fileExists(atPath: folder.suiteFile.path) {
        return CountedResults(try folder.records(), of: try Suite.load(folder.suiteFile, catalog: .standard))
      }
      guard let shipped = try ShippedSuites.suite(named: suite) else {
        throw SuiteError.unknownName(
          place, kind: "suite", name: suite, nearest: nearestName(to: suite, among: ShippedSuites.names),
          known: ShippedSuites.names)
      }
      return CountedResults([], of: shipped)
    }
    let folder = UserPath.folder(out ?? "reports/\(table.name)")
    Outcome.write(try report.write(to: folder))
    Outcome.write("Table: " + folder.appendingPathComponent("report.md").relativePath)
  }

  /// The table in a file, or else the shipped one of that name.
  private func load() throws -> PaperTable {
    let file = UserPath.file(table)
    guard !FileManager.default.fileExists(atPath: file.path) else { return try PaperTable.load(file) }
    if let shipped = try PaperTable.shipped(named: table) { return shipped }
    throw CommandError(
      "\(table): there is no such file. These tables come with the program: "
        + "\(PaperTable.shippedNames.joined(separator: ", ")).")
  }
}
