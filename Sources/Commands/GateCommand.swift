import ArgumentParser
import Experiments
import Foundation
import Judgements
import Results
import Storage
import Suites

/// `metabench gate`.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Decide whether results are as good as a baseline's.",
    discussion: """
      Every cell of the baseline is compared with the same cell of the results, on the same test \
      episodes. What is tolerated stands in the suite's 'gate' or in options; p-values are \
      corrected for the number of cells.

        metabench gate --baseline results/omniglot-smoke /tmp/results
        metabench run suites/omniglot-smoke.yaml --again all
        metabench gate --baseline HEAD:results/omniglot-smoke results/omniglot-smoke

      Exit codes: 0 pass; 1 regression; 2 wrong usage or input; 3 inconclusive: the power was too \
      small, and how many episodes are needed is said, or nothing was computed anew; 4 invalid: \
      cells are missing, or were tested on other episodes or by another version of the suite.
      """)

  @Argument(help: "The results to judge: a folder, or COMMIT:FOLDER.", completion: .directory)
  var results: String

  @Option(
    help: ArgumentHelp(
      "The results to compare with: a folder, or COMMIT:FOLDER.", valueName: "results"),
    completion: .directory)
  var baseline: String

  @Option(
    help: ArgumentHelp(
      "The tolerated loss, 0.01 for one point of accuracy (default: the suite's).",
      valueName: "loss"))
  var margin: Double?

  @Option(
    help: ArgumentHelp("How sure to be (default: the suite's, else 0.95).", valueName: "share"))
  var confidence: Double?

  @Option(
    help: ArgumentHelp(
      "Between trainings, the standard deviation of a cell's score; for single repeats (default:"
        + " the suite's).", valueName: "deviation"))
  var trainingDeviation: Double?

  @Option(
    help: ArgumentHelp(
      "Tolerate so many times the baseline's training seconds (default: the suite's, else any).",
      valueName: "times"))
  var trainSeconds: Double?

  @Option(
    help: ArgumentHelp(
      "Tolerate so many times the baseline's peak memory (default: the suite's, else any).",
      valueName: "times"))
  var peakMemory: Double?

  @Option(
    help: ArgumentHelp(
      "Expect only cells with such an id, as in '*-r0-*', or with such values, as in 'algorithm=maml,shot=1'; may"
        + " be given again. The baseline's other repeats still tell how far trainings differ.",
      valueName: "cells"))
  var only: [String] = []

  @OptionGroup var json: JSONOption

  @Option(
    help: ArgumentHelp("Write JUnit XML to a file, too.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(
    help: "Print annotations of GitHub Actions, too (by itself where GITHUB_ACTIONS is true).")
  var annotations = false

  func run() throws {
    let old = try ResultsArgument(baseline)
    let new = try ResultsArgument(results)
    let gate = try gate(
      new.suite?.gate ?? old.suite?.gate,
      ofAccuracies: (old.records + new.records).contains { $0.metric.isShare })
    let expected = try only.map { try cells($0, of: old) }
    let judgement = GateJudgement(
      baseline: old.records, candidate: new.records, gate: gate,
      notes: notes(old, new),
      isExpected: { record in expected.isEmpty || expected.contains { $0.contains(record.cell) } })
    if let junit { try AtomicFile.write(judgement.junit, to: UserPath.file(junit)) }
    Outcome.write(json.isOn ? try jsonText(judgement) : text(of: judgement))
    if annotations || ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" {
      // GitHub reads both; JSON must stay alone.
      for line in judgement.annotations {
        Outcome.write(line, to: json.isOn ? .standardError : .standardOutput)
      }
    }
    if judgement.verdict != .pass { throw ExitCode(judgement.verdict.exitCode) }
  }

  /// The ids of the baseline's cells that a pattern of '--only' fits.
  private func cells(_ pattern: String, of baseline: ResultsArgument) throws -> Set<String> {
    var ids = baseline.records.map(\.cell)
    if pattern.contains("=") {
      guard let suite = baseline.suite else {
        throw CommandError(
          "'--only \(pattern)': the baseline has no suite.yaml, which tells what its cells are. Give ids instead, as"
            + " in '*-r0-*'.")
      }
      let fitting = Set(suite.cells.filter(try CellFilter.test(pattern, suite)).map(\.id))
      ids.removeAll { !fitting.contains($0) }
    } else {
      ids.removeAll { fnmatch(pattern, $0, 0) != 0 }
    }
    guard !ids.isEmpty else {
      throw CommandError(
        "no cell of the baseline matches '--only \(pattern)'. Ids look like '\(baseline.records[0].cell)'.")
    }
    return Set(ids)
  }

  /// What is tolerated: the options, else the suite's.
  private func gate(_ suite: Gate?, ofAccuracies: Bool) throws -> Gate {
    func check(_ name: String, _ value: Double?, _ limit: Gate.Limit) throws -> Double? {
      guard let value else { return nil }
      if let allowed = limit.objection(to: value, ofAccuracies: ofAccuracies) {
        throw CommandError("'--\(name) \(value)' must be \(allowed).")
      }
      return value
    }
    guard let margin = try check("margin", margin, .margin) ?? suite?.margin else {
      throw CommandError(
        "the suite does not say what loss is tolerated. Give '--margin', or write"
          + " 'gate: { margin: 0.01 }' into the suite.")
    }
    return Gate(
      margin: margin,
      confidence: try check("confidence", confidence, .confidence) ?? suite?.confidence ?? 0.95,
      trainingDeviation: try check("training-deviation", trainingDeviation, .trainingDeviation)
        ?? suite?.trainingDeviation,
      trainSeconds: try check("train-seconds", trainSeconds, .trainSeconds) ?? suite?.trainSeconds,
      peakMemory: try check("peak-memory", peakMemory, .peakMemory) ?? suite?.peakMemory)
  }

  /// What is to be known of where the results come from.
  private func notes(_ old: ResultsArgument, _ new: ResultsArgument) -> [String] {
    let stale = StaleResults(new.records.map { OriginChange.all(since: $0.provenance) })
    let text = new.isOfCommit ? nil : stale.text("'metabench run SUITE --again stale'.", noun: "judged result")
    return Set(old.notes + new.notes).sorted() + [text].compactMap(\.self)
  }

  private func text(of judgement: GateJudgement) -> String {
    let rows = judgement.cells.map { cell in
      [cell.verdict.rawValue, cell.name, ([cell.reason] + changes(cell)).joined(separator: " ")]
    }
    let metrics = Set(judgement.cells.map(\.metric))
    let metric = metrics.count == 1 ? metrics.first! : .loss
    let percent = Wording.percent(judgement.confidence)
    let margin = Wording.margin(judgement.margin, metric: metric)
    let count = counted(judgement.cells.count, "cell")
    return
      ([TextTable(rows: rows).text] + judgement.notes.map { "Note: \($0)" } + [
        "\(judgement.suite): \(judgement.verdict.rawValue) (\(count), margin \(margin),"
          + " confidence \(percent) over all cells)"
      ]).joined(separator: "\n")
  }

  private func changes(_ cell: GateCell) -> [String] {
    cell.changes.isEmpty
      ? [] : ["Its configuration is another: \(cell.changes.joined(separator: ", "))."]
  }
}
