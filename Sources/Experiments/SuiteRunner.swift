import Results
import Suites
import Synchronization
import Tensors

/// Runs the cells of a suite that have no result yet.
///
/// How they are spread over threads, ``Schedule`` says.
public struct SuiteRunner: Sendable {
  /// The suite whose cells are run.
  public let suite: Suite
  /// Where results and checkpoints go.
  public let folder: ResultsFolder
  /// Where tasks come from.
  public let datasets: OpenDatasets
  /// Who is told what happens.
  public var observer = RunObserver()
  /// What asks the run to stop.
  public var stop = StopSignal()
  /// Seconds between the checkpoints of a cell.
  public var checkpointEvery = 20.0
  /// Whether cells that failed or diverged are run again.
  public var retriesFailed = false

  /// A runner that nobody observes or stops.
  public init(suite: Suite, folder: ResultsFolder, datasets: OpenDatasets) {
    self.suite = suite
    self.folder = folder
    self.datasets = datasets
  }

  /// What a run came to.
  public struct Summary: Sendable {
    /// Cells that were run to their end now, by status.
    public var done = 0
    /// Cells that failed or diverged, sorted.
    public var failed: [String] = []
    /// Cells that had a result already.
    public var skipped = 0
    /// Cells without a result, because the run was stopped.
    public var open = 0
  }

  /// Runs the given cells of the suite.
  ///
  /// - Throws: What the disk is to blame for, or datasets that are not there; results written before
  ///   are kept.
  public func run(_ cells: [Cell]) throws -> Summary {
    let pending = try pending(among: cells)
    var summary = try run(pending: pending)
    summary.skipped = cells.count - pending.count
    return summary
  }

  /// Those of the given cells that a run would run: without a result or, if asked for, failed.
  ///
  /// - Throws: `StorageError`, `ResultsError`: what lies under a cell's name cannot be read.
  public func pending(among cells: [Cell]) throws -> [Cell] {
    try cells.filter { cell in
      let status = try folder.status(of: cell.id)
      return status == nil || retriesFailed && status != .done
    }
  }

  /// Runs the given cells, whatever results they have.
  ///
  /// - Throws: As ``run(_:)``.
  public func run(pending: [Cell]) throws -> Summary {
    var summary = Summary()
    try datasets.prepare(pending)
    let provenance = Host.provenance(
      of: pending, datasets: datasets, threads: Workers.threads
    ).json

    let ended = Mutex<[Result<(Cell, CellOutcome), any Error>]>([])
    let runOne: @Sendable (Cell) -> Void = { cell in
      guard !stop.isRequested else { return }
      let runner = CellRunner(
        cell: cell, suite: suite.name, store: suite.store, datasets: datasets, folder: folder,
        provenance: provenance, observer: observer, stop: stop, checkpointEvery: checkpointEvery)
      let result = Result { (cell, try runner.run()) }
      switch result {
      case .success(let (cell, outcome)): observer.ended(cell, outcome)
      case .failure: stop.set()
      }
      ended.withLock { $0.append(result) }
    }
    let schedule = Schedule(pending, threads: Workers.threads)
    _ = Workers.map(schedule.sideBySide.count) { runOne(schedule.sideBySide[$0]) }
    schedule.inTurn.forEach(runOne)

    summary.open = pending.count
    for result in ended.withLock({ $0 }) {
      guard case .finished(let record) = try result.get().1 else { continue }
      summary.open -= 1
      if record.status == .done { summary.done += 1 } else { summary.failed.append(record.cell) }
    }
    summary.failed.sort()
    return summary
  }
}
