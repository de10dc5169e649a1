import ArgumentParser
import Experiments
import Foundation
import Measures
import Results
import Suites
import Tensors

/// `metabench verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check stored results: files, configurations, data, and scores by computing them again.",
    discussion: """
      Takes a results folder, or the suite whose results are in results/<suite>. Of every cell \
      some episodes, chosen at random by '--seed', are made again and scored with the stored \
      parameters; every score must have the same bits as the stored one or, where the result was made \
      on another type of CPU, be within a stated tolerance.

        metabench verify results/omniglot-5way
        metabench verify results/omniglot-5way --only 'maml-*-r1-*' --retrain

      Exit codes: 0 all is as it was stored; 1 a check failed; 2 wrong usage or input; 3 retraining \
      was interrupted.
      """)

  @OptionGroup var input: SuiteResultsArguments

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("Episodes to check of each cell.", valueName: "n"))
  var episodes = 5

  @Flag(help: "Check all episodes.")
  var all = false

  @Option(help: ArgumentHelp("What the random choice of episodes is made from.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var filter: CellFilter

  @Flag(help: "Also train the cells again, and compare the whole results bit by bit.")
  var retrain = false

  @Option(
    help: ArgumentHelp(
      "The digest that the suite must have, as a table's footer tells it (or its beginning).",
      valueName: "hex"))
  var digest: String?

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("'--episodes' must be at least 1.") }
    if let digest {
      guard digest.count >= 8, digest.allSatisfy(\.isHexDigit) else {
        throw ValidationError("'--digest' must be at least 8 hexadecimal digits.")
      }
      guard filter.only.isEmpty else {
        throw ValidationError("'--digest' is that of all cells: leave out '--only'.")
      }
    }
  }

  func run() throws {
    let (suite, folder) = try input.locate()
    let cells = try filter.cells(of: suite)
    let stored = try folder.cells()
    guard !stored.isEmpty else {
      throw CommandError.noResults(in: folder.url.relativePath)
    }
    threads.start()
    var verifier = CellVerifier(
      suite: suite, folder: folder, datasets: OpenDatasets(data: data.folder))
    verifier.episodes = all ? nil : episodes
    verifier.seed = seed

    var summary = VerificationSummary(suite: suite.name, results: folder.url.relativePath, seed: seed)
    for cell in cells {
      let result = try verifier.verify(cell)
      summary.cells.append(result)
      if !json.isOn { tell(result, of: suite.kind.unit) }
    }
    if retrain {
      let sound = zip(cells, summary.cells).filter { $1.digest != nil }.map(\.0)
      for result in try retrained(sound, of: suite, verifier) {
        summary.retrained.append(result)
        if !json.isOn { tell(result, of: suite.kind.unit) }
      }
    }
    if filter.only.isEmpty {
      // One of another configuration under a cell's name was told with the cell.
      let configurations = suite.configurations
      summary.foreign = stored.filter { configurations[$0] == nil }
      summary.check(digest)
    }
    if json.isOn {
      Outcome.write(try jsonText(summary))
    } else {
      Outcome.write(suite.kind.unit.said(summary.text))
    }
    guard summary.passed else { throw Outcome.checkFailed }
  }

  /// Trains the cells again in a folder of its own, and compares.
  private func retrained(_ cells: [Cell], of suite: Suite, _ verifier: CellVerifier) throws
    -> [CellVerification]
  {
    let folder = ResultsFolder(
      url: FileManager.default.temporaryDirectory
        .appendingPathComponent("metabench-verify-\(UUID().uuidString)", isDirectory: true))
    defer { try? FileManager.default.removeItem(at: folder.url) }
    Interrupts.handle()
    var runner = SuiteRunner(suite: suite, folder: folder, datasets: verifier.datasets)
    runner.stop = Interrupts.stop
    let display = json.isOn
      ? nil
      : RunDisplay(
        pending: cells, threads: Workers.threads, isTerminal: isatty(STDOUT_FILENO) == 1)
    if let display { runner.observer = display.observer }
    let open = try runner.run(pending: cells).open
    display?.close()
    guard open == 0 else { throw Outcome.incomplete }
    return cells.map { verifier.compare($0, with: folder) }
  }

  private func tell(_ result: CellVerification, of unit: ReplicationUnit) {
    for problem in result.problems { Outcome.write(unit.said("FAILED \(problem)")) }
    if result.passed { Outcome.write("\(result.cell): \(unit.said(result.finding))") }
  }
}

extension CellVerification {
  /// What was found of a cell with which nothing is wrong.
  fileprivate var finding: String {
    let some = "\(episodes.count) of \(counted(stored, "episode"))"
    switch extent {
    case .recomputed where isExact: return "\(some) recomputed, bit for bit equal"
    case .recomputed where largestDifference == 0:
      return "\(some) recomputed, equal although made with other kernels or on another CPU"
    case .recomputed:
      return "\(some) recomputed, within the tolerance for other kernels and CPUs"
        + String(format: " (largest difference %.3g)", largestDifference)
    case .retrained where isExact: return "trained again, bit for bit equal"
    case .retrained:
      return "trained again, but not compared: made with other kernels or on another CPU"
    case .episodes:
      return "\(some) are the same tasks; without stored parameters, scores need '--retrain'"
    case .file: return "the file is whole; there are no scores"
    case .missing: return "not run"
    }
  }
}
