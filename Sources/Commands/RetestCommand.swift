import ArgumentParser
import Experiments
import Foundation
import Results
import Suites
import Tensors

/// `metabench retest`.
struct RetestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retest",
    abstract: "Test cells under a new protocol with parameters that are stored: no new training.",
    discussion: """
      Of every cell without a result it looks for a stored one that was trained alike: the same \
      configuration but for the number of test episodes, their queries, and which of these are \
      normalized together ('test: { episodes, until, query, normalizeQueries }'). Its parameters are \
      tested as the suite says now. Training and validation curves are taken over; the new result names the \
      cell that was trained.

        metabench retest suites/omniglot-table1.yaml
        metabench retest suites/mine.yaml --from results/omniglot-5way

      Exit codes: 0 all cells have a result; 1 some diverged; 2 wrong usage or input; 3 some cells have \
      no result, because nothing is stored that they could be tested with, or because of an interrupt.
      """)

  @OptionGroup var file: SuiteArgument

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("The results folder (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  @Option(
    help: ArgumentHelp(
      "A folder with trained cells, looked through after the results folder; may be given again.",
      valueName: "dir"),
    completion: .directory)
  var from: [String] = []

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var filter: CellFilter

  @Flag(help: "Test cells again that have a result, too, such as those of another program.")
  var again = false

  func run() throws {
    let suite = try file.load()
    let cells = try filter.cells(of: suite)
    let folder = ResultsFolder(url: Folders.results(results, of: suite))
    let sources = [folder] + from.map { ResultsFolder(url: UserPath.folder($0)) }
    let datasets = OpenDatasets(data: data.folder)
    var retester = try CellRetester(
      suite: suite, folder: folder, sources: sources, datasets: datasets)
    retester.stop = Interrupts.stop
    var runner = SuiteRunner(suite: suite, folder: folder, datasets: datasets)
    if again { runner.again = .all }
    let pending = try runner.pending(among: cells)
    threads.start()
    Interrupts.handle()
    if !pending.isEmpty {
      try folder.prepare(for: suite)
    } else {
      try folder.keep(suite)
    }

    var (done, diverged, untrained) = (0, 0, 0)
    for cell in pending where !Interrupts.stop.isRequested {
      guard let trained = try retester.trained(for: cell) else {
        untrained += 1
        continue
      }
      guard case .finished(let record) = try retester.retest(cell, with: trained) else { break }
      if record.status == .done { done += 1 } else { diverged += 1 }
      Outcome.write(Self.line(record, trained))
    }
    let open = pending.count - done - diverged
    var parts = ["\(done) of \(cells.count) cells tested again"]
    if cells.count > pending.count { parts.append("\(cells.count - pending.count) had a result") }
    if diverged > 0 { parts.append("\(diverged) diverged") }
    if untrained > 0 { parts.append("\(untrained) without stored parameters to test with") }
    Outcome.write("\(parts.joined(separator: ", ")): \(folder.url.relativePath)")
    if untrained > 0 { Outcome.write("'metabench run' trains them.") }
    if open > 0 { throw Outcome.incomplete }
    if diverged > 0 { throw Outcome.checkFailed }
  }

  /// As in `maml-...: accuracy 0.9876 (0.9715 as trained: maml-...)`.
  private static func line(_ record: CellRecord, _ trained: CellRecord) -> String {
    func mean(_ record: CellRecord) -> String {
      String(format: "%.4f", record.test.final.reduce(0, +) / Double(max(1, record.test.units)))
    }
    return "\(record.cell): \(record.metric.name) \(mean(record)) (\(mean(trained)) as \(trained.cell))"
  }
}
