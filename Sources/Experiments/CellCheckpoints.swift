import Digests
import Episodes
import Kinds
import Results
import Storage
import Suites

/// Where a cell's run is kept while it is under way.
struct CellCheckpoints {
  private let cell: Cell
  private let datasets: OpenDatasets
  private let folder: ResultsFolder

  init(_ cell: Cell, datasets: OpenDatasets, folder: ResultsFolder) {
    self.cell = cell
    self.datasets = datasets
    self.folder = folder
  }

  /// The content of all parts of the cell's dataset.
  private var dataDigest: String {
    get throws {
      var digest = Digest()
      for part in Part.allCases { digest.absorb(try datasets.part(part, of: cell).digest) }
      return digest.hex
    }
  }

  /// A checkpoint of another configuration, program, kind of machine or dataset would not give the same
  /// bits.
  private func configurationDigest(_ dataDigest: String) -> String {
    Digest.hex(of: cell.configuration + Host.identity + dataDigest)
  }

  /// - Parameter trials: Those that were done before.
  func write<Run: CellRun>(
    _ progress: CellProgress<Run>, _ run: Run, after trials: [TuningRecord.Trial]
  ) throws {
    let dataDigest = try dataDigest
    let (done, ahead) = (progress.test.done, progress.test.ahead.sorted { $0.key < $1.key })
    guard let test = TestOutcomes(done + ahead.map(\.value)) else {
      throw ExperimentsError.unequalUnits(cell: cell.id)
    }
    try Checkpoint(
      cell: cell.id, configurationDigest: configurationDigest(dataDigest), dataDigest: dataDigest,
      trials: trials, iteration: progress.iteration, learned: run.archive(progress.learned), lossSum: progress.lossSum,
      seconds: progress.seconds, training: progress.training, validation: progress.validation,
      testSeconds: progress.testSeconds, test: test,
      testUnits: Array(done.indices) + ahead.map(\.key),
      units: progress.test.begun.mapValues { .init(steps: $0.steps, state: run.archive($0.state)) }
    ).write(to: folder.checkpoint(for: cell.id))
  }

  /// Where an earlier run left off; nil if it left nothing, or something that cannot be gone on from
  /// to the same bits, which the observer is told.
  ///
  /// - Throws: ``ExperimentsError/badCheckpoint(file:reason:)``.
  func left(_ observer: RunObserver) throws -> Checkpoint? {
    let left: Checkpoint?
    do {
      left = try folder.readCheckpoint(for: cell.id)
    } catch where Self.isBroken(error) {
      let aside = try folder.setCheckpointAside(for: cell.id)
      observer.beganAnew(cell, "its checkpoint is broken and was kept as \(aside.lastPathComponent). (\(error))")
      return nil
    } catch {
      throw ExperimentsError.badCheckpoint(
        file: folder.checkpoint(for: cell.id).path, reason: "\(error)")
    }
    guard let checkpoint = left else { return nil }
    let dataDigest = try dataDigest
    guard checkpoint.configurationDigest == configurationDigest(dataDigest) else {
      let isOfOtherData = ![dataDigest, ""].contains(checkpoint.dataDigest)
      observer.beganAnew(
        cell,
        isOfOtherData
          ? "its checkpoint was begun with other data, before '\(cell.dataset)' was imported again"
          : Self.isOfAnotherProgram)
      return nil
    }
    return checkpoint
  }

  /// Whether a file's content is to blame, and no disk that may be mended, or a later program that could read it.
  private static func isBroken(_ error: any Error) -> Bool {
    switch error {
    case StorageError.notHDF5, StorageError.unsealed, StorageError.damaged, StorageError.missing, StorageError.wrongType,
      ResultsError.foreign, ResultsError.inconsistent,
      ResultsError.outOfRange, ResultsError.otherCell: true
    default: false
    }
  }

  /// What a stage of the cell goes on from.
  func progress<Run: CellRun>(
    of run: Run, in stage: CellStage, from left: Checkpoint?, _ observer: RunObserver
  ) -> CellProgress<Run> {
    guard let left else { return CellProgress(run.begin()) }
    guard let progress = CellProgress(left, run, in: stage) else {
      observer.beganAnew(cell, Self.isOfAnotherProgram)
      return CellProgress(run.begin())
    }
    return progress
  }

  private static let isOfAnotherProgram = "its checkpoint was begun by another program or on another type of CPU"
}

extension CellProgress {
  /// Where a checkpoint was written; nil if it is not of this run.
  init?(_ checkpoint: Checkpoint, _ run: Run, in stage: CellStage) {
    guard checkpoint.iteration <= stage.iterations, let learned = run.learned(from: checkpoint.learned) else { return nil }
    // Of what there is before training all has its shape: running statistics, which are not told by name, too.
    let shapes = Dictionary(
      run.archive(run.begin()).arrays.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    guard checkpoint.learned.arrays.allSatisfy({ shapes[$0.name, default: $0.shape] == $0.shape }) else { return nil }
    if let judged = checkpoint.test.judged {
      let metric = stage.plan.metrics[0]
      guard judged.metric == metric, judged.axes == stage.plan.axes[metric.name, default: judged.axes] else { return nil }
    }
    self.init(learned)
    iteration = checkpoint.iteration
    training = checkpoint.training
    validation = checkpoint.validation
    lossSum = checkpoint.lossSum
    seconds = checkpoint.seconds
    testSeconds = checkpoint.testSeconds
    for (unit, outcome) in zip(checkpoint.testUnits, checkpoint.test.outcomes) {
      if unit == test.done.count { test.done.append(outcome) } else { test.ahead[unit] = outcome }
    }
    for (unit, begun) in checkpoint.units {
      guard begun.state.integers["unit", default: unit] == unit, let state = run.unitState(from: begun.state)
      else { return nil }
      test.begun[unit] = .init(state: state, steps: begun.steps)
    }
  }
}
