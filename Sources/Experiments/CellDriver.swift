import Episodes
import Kinds
import Measures
import Results
import Storage
import Suites
import Tensors

/// How a cell's run came to its end.
public enum CellOutcome: Sendable {
  /// A result was written; its status tells whether the cell is done, failed or diverged.
  case finished(CellRecord)
  /// Stopped on request; a checkpoint was written.
  case stopped
}

/// Trains and tests one cell, of whichever kind.
///
/// What is computed depends on the cell alone. Checkpoints, progress and the number of threads
/// leave no trace in it.
struct CellDriver {
  let cell: Cell
  let suite: String
  let store: StorePolicy
  let datasets: OpenDatasets
  let folder: ResultsFolder
  let provenance: String
  let observer: RunObserver
  let stop: StopSignal
  /// Seconds between checkpoints.
  let checkpointEvery: Double

  /// Goes on from the cell's checkpoint if there is one, and writes the result.
  ///
  /// - Throws: What the disk is to blame for. What goes wrong inside the cell becomes a result with
  ///   the status failed or diverged.
  func run() throws -> CellOutcome {
    let outcome: CellOutcome
    PeakMemory.reset()
    do {
      outcome = try trainAndTest(cell.plan.run(in: RunContext(cell, from: datasets)))
    } catch let error as StorageError {
      throw error
    } catch let error as ResultsError {
      throw error
    } catch let error as EpisodesError {
      throw error
    } catch let error as ExperimentsError {
      throw error
    } catch {
      outcome = .finished(record(.failed("\(error)")))
    }
    if case .finished(let record) = outcome {
      try CellFile.write(record, to: folder.file(for: cell.id), replacing: true)
      try folder.removeCheckpoint(for: cell.id)
    }
    return outcome
  }

  private func trainAndTest<Run: CellRun>(_ run: Run) throws -> CellOutcome {
    let checkpoints = CellCheckpoints(cell, datasets: datasets, folder: folder)
    var progress = try checkpoints.resumed(run, observer) ?? CellProgress(run.begin())
    observer.began(cell, progress.iteration)
    do {
      guard try train(run, &progress, checkpoints) else { return .stopped }
      let testStart = ContinuousClock.now
      let trained = progress
      guard let test = try UnitTest(run, cell, observer: observer, stop: stop).outcomes(
        from: &progress.test, checkpointEvery: checkpointEvery,
        checkpoint: { try checkpoints.write(trained.with($0), run) }, learned: trained.learned)
      else { return .stopped }
      var record = record(test.status, progress, test: test, kept: run.kept(progress.learned))
      record.testSeconds = (ContinuousClock.now - testStart).seconds
      return .finished(record)
    } catch let divergence as Divergence {
      return .finished(record(.diverged(divergence.place), progress))
    }
  }

  /// - Returns: Whether training is at its end; it was stopped if not, and a checkpoint was written.
  private func train<Run: CellRun>(
    _ run: Run, _ progress: inout CellProgress<Run>, _ checkpoints: CellCheckpoints
  ) throws -> Bool {
    let effort = cell.plan.effort
    let total = cell.plan.isTrained ? effort.iterations : 0
    let recordEvery = max(1, total / 200)
    var lastCheckpoint = ContinuousClock.now
    while progress.iteration < total {
      if stop.isRequested {
        try checkpoints.write(progress, run)
        return false
      }
      let start = ContinuousClock.now
      let loss = try run.train(&progress.learned, iteration: progress.iteration)
      progress.seconds += (ContinuousClock.now - start).seconds
      guard loss.isFinite else {
        throw Divergence("the training loss is \(Float(loss)) at iteration \(progress.iteration)")
      }
      progress.iteration += 1
      progress.lossSum += loss
      if progress.iteration % recordEvery == 0 {
        progress.training.append(
          TrainingRecord(
            iteration: progress.iteration, loss: progress.lossSum / Double(recordEvery),
            seconds: progress.seconds))
        progress.lossSum = 0
      }
      let every = effort.validateEvery
      if every > 0, progress.iteration % every == 0 || progress.iteration == total {
        progress.validation.append(
          ValidationRecord(
            iteration: progress.iteration, scores: try validate(run, progress.learned)))
      }
      observer.progressed(
        Progress(
          cell: cell, phase: .training, done: progress.iteration, total: total, loss: loss,
          score: progress.validation.last.map { $0.scores.mean }))
      if (ContinuousClock.now - lastCheckpoint).seconds >= checkpointEvery {
        try checkpoints.write(progress, run)
        lastCheckpoint = .now
      }
    }
    return true
  }

  /// The score of each validation unit.
  private func validate<Run: CellRun>(_ run: Run, _ learned: Run.Learned) throws -> [Double] {
    try Workers.map(cell.plan.effort.validationUnits) { unit in
      try run.wholeUnit(unit, of: .validation, with: learned).score
    }
  }

  private func record(_ status: CellRecord.Status) -> CellRecord {
    CellRecord(cell, in: suite, provenance: provenance, status: status, test: .empty)
  }

  private func record<Run: CellRun>(
    _ status: CellRecord.Status, _ progress: CellProgress<Run>, test: TestOutcomes = .empty,
    kept: [NamedArray] = []
  ) -> CellRecord {
    var record = CellRecord(cell, in: suite, provenance: provenance, status: status, test: test)
    record.training = progress.training
    record.validation = progress.validation
    record.iterations = progress.iteration
    record.peakMemory = PeakMemory.bytes
    if store.keepsParameters(ofRepeat: cell.repetition) { record.parameters = kept }
    return record
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
}
