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
  /// Which cells are run again although they have a result.
  public var again = Again.none

  /// Which results are made anew. Until a cell is done again, its earlier result stays.
  public enum Again: Sendable {
    case none
    /// Those that were made by another program, with other data or on another type of CPU.
    case stale
    case all
  }

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
    /// Cells that were not run to their end, because the run was stopped.
    public var open = 0
  }

  /// Runs the given cells of the suite.
  ///
  /// - Throws: What the disk is to blame for, or datasets that are not there; results written before
  ///   are kept.
  public func run(_ cells: [Cell]) throws -> Summary {
    let pending = try pending(among: cells)
    for cell in cells { try folder.removeOutdatedCheckpoint(for: cell.id) }
    var summary = try run(pending: pending)
    summary.skipped = cells.count - pending.count
    return summary
  }

  /// Those of the given cells that a run would run: without a result or, if asked for, failed or stale.
  ///
  /// - Throws: `StorageError`, `ResultsError`: what lies under a cell's name cannot be read; where stale
  ///   results are asked for, what opening datasets throws.
  public func pending(among cells: [Cell]) throws -> [Cell] {
    if again == .stale { try datasets.prepare(cells) }
    return try cells.filter { cell in
      guard let head = try folder.head(of: cell) else { return true }
      switch again {
      case .all: return true
      case .stale where !datasets.changes(since: head, of: cell).isEmpty: return true
      case .stale, .none: return retriesFailed && head.status != .done
      }
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
      let driver = CellDriver(
        cell: cell, suite: suite.name, store: suite.store, datasets: datasets, folder: folder,
        provenance: provenance, observer: observer, stop: stop, checkpointEvery: checkpointEvery)
      let result = Result { (cell, try driver.run()) }
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
