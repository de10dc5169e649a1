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
        metabench run suites/omniglot-5way.yaml --only algorithm=maml -n
        metabench run suites/omniglot-5way.yaml --only 'maml-*' --only '*-r0-*'
        metabench run suites/omniglot-smoke.yaml --again stale

      Exit codes: 0 all cells are done; 1 some failed or diverged; 2 wrong usage or input; 3 some \
      cells have no result yet.
      """)

  @OptionGroup var file: SuiteArgument

  @OptionGroup var data: DataOptions

  @Option(
    name: [.customShort("o"), .long, .customLong("output")],
    help: ArgumentHelp("The results folder (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var filter: CellFilter

  @Option(
    help: ArgumentHelp(
      "Use this seed instead of the suite's; results go to results/<suite>-seed<n> unless told otherwise.",
      valueName: "n"))
  var seed: UInt64?

  @Flag(
    name: [.customShort("n"), .long],
    help: "Only check the suite, its data and the folder, and list the cells that would run.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Show no progress and no finished cells, only failures and the last lines.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Also print when a cell begins, and every validation.")
  var verbose = false

  @Flag(help: "Run cells again that failed or diverged.")
  var retryFailed = false

  /// Which cells are run although they have a result.
  enum Again: String, ExpressibleByArgument, CaseIterable {
    case stale, all
  }

  @Option(
    help: ArgumentHelp(
      "Run cells again that have a result: 'stale' for those that were made by another program, with"
        + " other data or on another type of CPU, 'all' for all. An earlier result stays until its cell"
        + " is done again.", valueName: "which"))
  var again: Again?

  @Option(
    help: ArgumentHelp(
      "Seconds between checkpoints of a cell.", valueName: "seconds", visibility: .hidden))
  var checkpointEvery = 20.0

  func validate() throws {
    if quiet, verbose { throw ValidationError("'--quiet' and '--verbose' exclude each other.") }
  }

  func run() throws {
    let written = try file.load()
    let suite = try seed.map { try written.reseeded($0) } ?? written
    let cells = try filter.cells(of: suite)
    let place = results ?? seed.map { "results/\(suite.name)-seed\($0)" }
    let folder = ResultsFolder(url: Folders.results(place, of: suite))
    let datasets = OpenDatasets(data: data.folder)
    var runner = SuiteRunner(suite: suite, folder: folder, datasets: datasets)
    runner.stop = Interrupts.stop
    runner.checkpointEvery = checkpointEvery
    runner.retriesFailed = retryFailed
    runner.again =
      switch again {
      case nil: .none
      case .stale: .stale
      case .all: .all
      }
    let pending = try runner.pending(among: cells)
    if dryRun {
      try folder.check(suite)
      try datasets.prepare(pending)
      for cell in pending { Outcome.write(cell.id) }
      return Outcome.write("\(pending.count) of \(counted(cells.count, "cell")) would be run: \(folder.url.relativePath)")
    }
    threads.start()
    try datasets.prepare(pending)
    Interrupts.handle()
    if !pending.isEmpty {
      try folder.prepare(for: suite)
    } else {
      try folder.keep(suite)
    }
    for cell in cells { try folder.removeOutdatedCheckpoint(for: cell.id) }

    let display = RunDisplay(
      pending: pending, threads: Workers.threads, amount: quiet ? .failures : verbose ? .everything : .ends,
      isTerminal: isatty(STDOUT_FILENO) == 1
        && ProcessInfo.processInfo.environment["TERM"] != "dumb")
    runner.observer = display.observer
    let left: Int
    do {
      left = try runner.run(pending: pending).open
    } catch {
      // Everything was checked before, so this is the disk's: it is full, or was taken away.
      display.close()
      Outcome.write("Error: \(error)", to: .standardError)
      throw Outcome.incomplete
    }
    display.close()
    try conclude(cells, of: suite, in: folder, datasets, left: left)
  }

  /// Says how things stand, and ends with the exit code for it.
  ///
  /// - Parameter left: How many cells were to be run and were not.
  private func conclude(
    _ cells: [Cell], of suite: Suite, in folder: ResultsFolder, _ datasets: OpenDatasets, left: Int
  ) throws {
    let heads = try cells.map { try folder.head(of: $0) }
    let open = heads.count { $0 == nil }
    let done = heads.count { $0?.status == .done }
    let bad = cells.count - open - done
    var parts = ["\(done) of \(cells.count) cells done"]
    if bad > 0 { parts.append("\(bad) failed or diverged") }
    if open > 0 { parts.append("\(open) without a result") }
    if left > open { parts.append("\(left - open) not yet run again") }
    Outcome.write("\(parts.joined(separator: ", ")): \(folder.url.relativePath)")
    let stale = StaleResults(
      zip(cells, heads).compactMap { cell, head in
        head.map { datasets.changes(since: $0, of: cell) }
      })
    let command = StaleResults.commandAgain(file.suite, results: results, data: data.path)
    if let text = stale.text(command) { Outcome.write(text) }
    let leftOver = try folder.leftOver(of: suite)
    if !leftOver.isEmpty { Outcome.write(leftOverText(leftOver, in: folder.url.relativePath)) }
    if left > 0 {
      Outcome.write(
        again == .all
          ? "The same command runs all of them again; '--again stale' does those of another program."
          : "The same command goes on from here.")
      throw Outcome.incomplete
    }
    if bad > 0 { throw Outcome.checkFailed }
  }
}
