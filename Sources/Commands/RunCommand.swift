import ArgumentParser
import Experiments
import Foundation
import Results
import Suites
import Tensors

/// `metabench run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train and test the cells of a suite that have no result yet.",
    discussion: """
      Goes on where an earlier run left off, even if that was killed: nothing is lost but the \
      seconds since the last checkpoint, and results are bit for bit the same. Ctrl-C stops after \
      the iteration; twice, at once.

        metabench run quickstart
        metabench run suites/omniglot-5way.yaml --only 'maml-*' --only '*-r0-*'

      Exit codes: 0 all cells are done; 1 some failed or diverged; 2 wrong usage or input; 3 some \
      cells have no result yet.
      """)

  @OptionGroup var file: SuiteArgument

  @OptionGroup var data: DataOptions

  @Option(
    help: ArgumentHelp("The results folder (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  @OptionGroup var threads: ThreadsOption

  @Option(
    help: ArgumentHelp(
      "Only cells whose id matches, as in 'maml-*-r0-*'; may be given again.", valueName: "glob"))
  var only: [String] = []

  @Flag(help: "Run cells again that failed or diverged.")
  var retryFailed = false

  @Option(
    help: ArgumentHelp(
      "Seconds between checkpoints of a cell.", valueName: "seconds", visibility: .hidden))
  var checkpointEvery = 20.0

  func run() throws {
    let suite = try file.load()
    let cells = try CellFilter(globs: only).cells(of: suite)
    let folder = ResultsFolder(url: Folders.results(results, of: suite))
    let datasets = OpenDatasets(data: data.folder)
    var runner = SuiteRunner(suite: suite, folder: folder, datasets: datasets)
    runner.stop = Interrupts.stop
    runner.checkpointEvery = checkpointEvery
    runner.retriesFailed = retryFailed
    let pending = try runner.pending(among: cells)
    threads.start()
    try datasets.prepare(pending)
    Interrupts.handle()
    if !pending.isEmpty { try folder.prepare(for: suite) }

    let display = RunDisplay(
      pending: pending, threads: Workers.threads,
      isTerminal: isatty(STDOUT_FILENO) == 1
        && ProcessInfo.processInfo.environment["TERM"] != "dumb")
    runner.observer = display.observer
    do {
      _ = try runner.run(pending: pending)
    } catch {
      // Everything was checked before, so this is the disk's: it is full, or was taken away.
      display.close()
      Outcome.write("Error: \(error)", to: .standardError)
      throw Outcome.incomplete
    }
    display.close()
    try conclude(cells, of: suite, in: folder)
  }

  /// Says how things stand, and ends with the exit code for it.
  private func conclude(_ cells: [Cell], of suite: Suite, in folder: ResultsFolder) throws {
    let statuses = try cells.map { try folder.status(of: $0.id) }
    let open = statuses.count { $0 == nil }
    let done = statuses.count { $0 == .done }
    let bad = cells.count - open - done
    var parts = ["\(done) of \(cells.count) cells done"]
    if bad > 0 { parts.append("\(bad) failed or diverged") }
    if open > 0 { parts.append("\(open) without a result") }
    Outcome.write("\(parts.joined(separator: ", ")): \(folder.url.relativePath)")
    if open > 0 {
      Outcome.write("The same command goes on from here.")
      throw Outcome.incomplete
    }
    if bad > 0 { throw Outcome.checkFailed }
  }
}
