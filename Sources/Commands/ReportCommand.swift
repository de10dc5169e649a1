import ArgumentParser
import Foundation
import Reports
import Suites

/// `metabench report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn results into tables, curves and one long list.",
    discussion: """
      Takes a results folder, or the suite whose results are in results/<suite>. Writes \
      report.md, report.html (a page that needs no other file), tables/ (Markdown, CSV, LaTeX), \
      figures/ and cells.csv; the same results give the same bytes.

        metabench report results/quickstart
        metabench report quickstart --out /tmp/quickstart
      """)

  @OptionGroup var input: SuiteResultsArguments

  @Option(
    name: [.customShort("o"), .long, .customLong("output")],
    help: ArgumentHelp("The report's folder (default: reports/<suite>).", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Flag(help: "Print the tables.")
  var tables = false

  func run() throws {
    let results = try input.load()
    let suite = results.suite
    let report = Folders.report(out, of: suite)
    let summary = try ReportWriter(results).write(to: report)
    for name in summary.files where tables && name.hasPrefix("tables/") && name.hasSuffix(".md") {
      let text = try String(contentsOf: report.appendingPathComponent(name), encoding: .utf8)
      Outcome.write(text.hasSuffix("\n") ? text : text + "\n")
    }
    for note in summary.notes { Outcome.write("Note: \(note)", to: .standardError) }
    if !summary.foreign.isEmpty {
      Outcome.write("Note: " + leftOverText(summary.foreign, in: "the folder"), to: .standardError)
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
}
