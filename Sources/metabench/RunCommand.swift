import ArgumentParser
import Episodes
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
      Goes on where an earlier run left off, also after a kill: nothing is lost but the seconds \
      since the last checkpoint, and the results are bit for bit the same. Ctrl-C stops after the \
      iteration; twice, at once.
      """)

  @Argument(help: "The suite file.")
  var suite: String

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("The results folder (default: results/<suite>).", valueName: "dir"))
  var results: String?

  @Option(help: "Threads; they change no result (default: all processors).")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: ArgumentHelp(
      "Only cells whose id matches, as in 'maml-*-r0-*'; may be repeated.", valueName: "glob"))
  var only: [String] = []

  @Option(help: .hidden)
  var checkpointEvery = 20.0

  func run() throws {
    let suite = try Suite.load(URL(fileURLWithPath: self.suite), catalog: .standard)
    try BLAS.load()
    Workers.threads = threads
    let folder = Folders.results(results, of: suite)
    let cells = suite.cells.filter { cell in
      only.isEmpty || only.contains { fnmatch($0, cell.id, 0) == 0 }
    }
    Interrupts.handle()
    var runner = SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder),
      datasets: OpenDatasets(data: data.folder))
    runner.stop = Interrupts.stop
    runner.checkpointEvery = checkpointEvery
    let lines = PlainProgress()
    runner.observer = RunObserver(
      began: { cell, iteration in lines.say("\(cell.id): begins at iteration \(iteration)") },
      progressed: { lines.progressed($0) },
      ended: { cell, outcome in
        if case .finished(let record) = outcome { lines.say("\(cell.id): \(record.status.name)") }
      })
    let summary = try runner.run(cells)
    lines.say(
      "\(summary.done) done, \(summary.failed.count) failed, \(summary.skipped) had a result, "
        + "\(summary.open) open")
    if summary.open > 0 { throw Outcome.incomplete }
    if !summary.failed.isEmpty { throw Outcome.checkFailed }
  }
}
