import ArgumentParser
import Experiments
import Foundation
import Results
import Storage
import Suites

/// `metabench status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how far the cells of a suite have come.",
    discussion: """
      Takes a results folder, or the suite whose results are in results/<suite>. A cell is done, \
      failed, diverged, running or begun (with its iteration, as of the last checkpoint), open, or \
      damaged: what lies under its name cannot be read. Of results that another program or another type \
      of CPU made, and of those that do not count for the suite, the number is said.

        metabench status results/quickstart
      """)

  @OptionGroup var input: SuiteResultsArguments

  @OptionGroup var filter: CellFilter

  @OptionGroup var json: JSONOption

  /// One cell as a script gets to know it.
  private struct Entry: Encodable {
    let cell: String
    /// `done`, `failed`, `diverged`, `running`, `begun`, `open` or `damaged`.
    let status: String
    let iterations: Int
    let iterationsDone: Int
    /// Why the cell failed, or what cannot be read.
    var reason: String?
    /// In what its result was made otherwise than here and now: `program`, `cpu`; absent without one.
    var changes: [OriginChange]?
  }

  private struct Status: Encodable {
    let suite: String
    let version: Int
    let results: String
    let isBeingRun: Bool
    let counts: [String: Int]
    let cells: [Entry]
    /// Ids of stored cells that do not count, for the suite does not have them.
    let foreign: [String]
  }

  func run() throws {
    let (suite, folder) = try input.locate()
    let isBeingRun = folder.isBeingRun
    let entries = try filter.cells(of: suite).map {
      entry($0, in: folder, isBeingRun)
    }
    let foreign = try folder.leftOver(of: suite)
    let counts = Dictionary(grouping: entries, by: \.status).mapValues(\.count)
    guard !json.isOn else {
      Outcome.write(
        try jsonText(
          Status(
            suite: suite.name, version: suite.version, results: folder.url.relativePath,
            isBeingRun: isBeingRun, counts: counts, cells: entries, foreign: foreign)))
      return
    }
    Outcome.write(TextTable(rows: entries.map { [$0.cell, text($0)] }).text)
    let words = ["done", "failed", "diverged", "damaged", "running", "begun", "open"]
    let parts = words.compactMap { word in counts[word].map { "\($0) \(word)" } }
    Outcome.write(
      "\nSuite \(suite.name), version \(suite.version): \(counted(entries.count, "cell")), "
        + "\(parts.joined(separator: ", ")). Results: \(folder.url.relativePath)"
        + (isBeingRun ? ", where a run is at work." : ""))
    let stale = StaleResults(entries.compactMap(\.changes))
    let command = input.isFolder
      ? StaleResults.commandAgain("SUITE", results: input.path)
      : StaleResults.commandAgain(input.path, results: input.results)
    if let text = stale.text(command) { Outcome.write(text) }
    if !foreign.isEmpty { Outcome.write(leftOverText(foreign, in: folder.url.relativePath)) }
  }

  private func entry(_ cell: Cell, in folder: ResultsFolder, _ isBeingRun: Bool) -> Entry {
    do {
      let standing = try folder.standing(of: cell)
      var reason: String?
      if case .ended(let status, _) = standing { reason = status.message }
      let changes = try folder.head(of: cell).map { OriginChange.all(since: $0.provenance) }
      var name = standing.name
      if isBeingRun, case .begun = standing { name = "running" }
      return Entry(
        cell: cell.id, status: name, iterations: cell.plan.effort.iterations,
        iterationsDone: standing.iterations, reason: reason, changes: changes)
    } catch {
      return Entry(
        cell: cell.id, status: "damaged", iterations: cell.plan.effort.iterations, iterationsDone: 0,
        reason: "\(error)")
    }
  }

  private func text(_ entry: Entry) -> String {
    switch entry.status {
    case "begun", "running":
      "\(entry.status), iteration \(entry.iterationsDone) of \(entry.iterations)"
    default: entry.status + (entry.reason.map { ": \($0)" } ?? "")
    }
  }
}
