import ArgumentParser
import Experiments
import Foundation
import Reports
import Results
import Suites

/// `metabench report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn results into tables, curves and one long list.",
    discussion: """
      Takes a results folder, or the suite file whose results are in results/<suite>. Writes \
      report.md, tables/, figures/ and cells.csv; the same results give the same bytes.

        metabench report results/quickstart
        metabench report suites/quickstart.yaml --out /tmp/quickstart
      """)

  @Argument(help: "A results folder or a suite file.")
  var path: String

  @Option(
    help: ArgumentHelp(
      "The results folder of a suite file (default: results/<suite>).", valueName: "dir"))
  var results: String?

  @Option(help: ArgumentHelp("The report's folder (default: reports/<suite>).", valueName: "dir"))
  var out: String?

  @Flag(help: "Print the tables.")
  var tables = false

  func run() throws {
    let (suite, folder) = try input()
    let records = try folder.records()
    guard !records.isEmpty else {
      throw CommandError(
        "\(folder.url.relativePath): holds no results. Run the suite first:"
          + " 'metabench run', or give '--results'.")
    }
    let report = Folders.report(out, of: suite)
    let summary = try ReportWriter(suite: suite, records: records).write(to: report)
    for name in summary.files where tables && name.hasPrefix("tables/") && name.hasSuffix(".md") {
      let text = try String(contentsOf: report.appendingPathComponent(name), encoding: .utf8)
      Outcome.write(text.hasSuffix("\n") ? text : text + "\n")
    }
    for note in summary.notes { Outcome.write("Note: \(note)", to: .standardError) }
    for cell in summary.foreign {
      Outcome.write("Note: '\(cell)' is no cell of the suite and was left out.", to: .standardError)
    }
    var parts = ["\(summary.done) of \(counted(suite.cells.count, "cell")) done"]
    for (count, word) in [
      (summary.failed, "failed"), (summary.diverged, "diverged"), (summary.missing, "not run"),
    ] where count > 0 {
      parts.append("\(count) \(word)")
    }
    Outcome.write(
      "Report on \(parts.joined(separator: ", ")): "
        + report.appendingPathComponent("report.md").relativePath)
  }

  private func input() throws -> (Suite, ResultsFolder) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else {
      let suite = try SuiteArgument.load(path)
      return (suite, ResultsFolder(url: Folders.results(results, of: suite)))
    }
    guard results == nil else {
      throw CommandError("'\(path)' is a results folder already. Leave out '--results'.")
    }
    let folder = ResultsFolder(url: URL(fileURLWithPath: path, isDirectory: true))
    guard FileManager.default.fileExists(atPath: folder.suiteFile.path) else {
      throw CommandError(
        "\(path): keeps no suite.yaml, so it is no results folder. Give the suite file, and"
          + " '--results \(path)' if its results are there.")
    }
    return (try Suite.load(folder.suiteFile, catalog: .standard), folder)
  }
}
