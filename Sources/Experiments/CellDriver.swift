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
      outcome = try trainAndTest()
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

  /// Chooses the settings that are to be chosen, and then is the cell.
  private func trainAndTest() throws -> CellOutcome {
    var left = try checkpoints.left(observer)
    var trials = left?.trials ?? []
    let wanted = cell.tuning?.trials ?? []
    observer.began(cell, trials.count < wanted.count ? 0 : left?.iteration ?? 0)
    for trial in wanted.dropFirst(trials.count) {
      let stage = CellStage(trial, of: cell.tuning!, cell, after: trials)
      guard let made = try made(stage, trial.values, from: left) else { return .stopped }
      trials.append(made)
      left = nil
    }
    guard !wanted.isEmpty else { return try outcome(of: CellStage(cell), nil, from: left) }
    guard let best = TuningRecord.best(of: trials, by: cell.metric) else {
      return .finished(record(.diverged("all \(trials.count) trials of its settings diverged")))
    }
    let tuning = TuningRecord(trials: trials, chosen: best)
    return try outcome(of: CellStage(cell, choosing: tuning), tuning, from: left)
  }

  private var context: RunContext { RunContext(cell, from: datasets) }
  private var checkpoints: CellCheckpoints { CellCheckpoints(cell, datasets: datasets, folder: folder) }

  /// The cell's own training and test.
  private func outcome(of stage: CellStage, _ tuning: TuningRecord?, from left: Checkpoint?) throws -> CellOutcome {
    func outcome(_ run: some CellRun) throws -> CellOutcome {
      guard let end = try end(of: stage, run, from: left) else { return .stopped }
      var record = record(end.status, end.progress, test: end.test, kept: run.kept(end.progress.learned))
      record.tuning = tuning
      record.testSeconds = end.testSeconds
      if end.status == .done, cell.repetition == 0 {
        record.pictures = try run.pictures(with: end.progress.learned)
        record.curves = try run.curves(with: end.progress.learned)
      }
      return .finished(record)
    }
    return try outcome(stage.plan.run(in: context))
  }

  /// A trial of settings; nil if asked to stop.
  private func made(_ stage: CellStage, _ values: Coordinates, from left: Checkpoint?) throws
    -> TuningRecord.Trial?
  {
    func made(_ run: some CellRun) throws -> TuningRecord.Trial? {
      guard let end = try end(of: stage, run, from: left) else { return nil }
      let measure = cell.tuning!.measure
      guard let scores = end.status == .done ? end.test.judged?.values(by: measure) : [] else {
        throw ExperimentsError.noSuchPlace(cell: cell.id, place: measure.words ?? "the last")
      }
      return TuningRecord.Trial(
        values: values, scores: scores, iterations: end.progress.iteration,
        seconds: end.progress.seconds + (end.testSeconds ?? 0))
    }
    return try made(stage.plan.run(in: context))
  }

  /// How a stage came to its end.
  private struct End<Run: CellRun> {
    var status: CellRecord.Status
    var progress: CellProgress<Run>
    var test = TestOutcomes.empty
    var testSeconds: Double?
  }

  /// Trains and tests; nil if asked to stop, and then a checkpoint was written.
  private func end<Run: CellRun>(of stage: CellStage, _ run: Run, from left: Checkpoint?) throws -> End<Run>? {
    var progress = checkpoints.progress(of: run, in: stage, from: left, observer)
    do {
      guard try train(run, stage, &progress) else { return nil }
      let testStart = ContinuousClock.now
      let trained = progress
      func testSeconds() -> Double { trained.testSeconds + (ContinuousClock.now - testStart).seconds }
      guard let test = try UnitTest(run, stage, observer: observer, stop: stop).outcomes(
        from: &progress.test, checkpointEvery: checkpointEvery,
        checkpoint: { test in
          try checkpoints.write(trained.with(test, after: testSeconds()), run, after: stage.trials)
        },
        learned: trained.learned)
      else { return nil }
      return End(status: test.status, progress: progress, test: test, testSeconds: testSeconds())
    } catch let divergence as Divergence {
      return End(status: .diverged(divergence.place), progress: progress)
    }
  }

  /// - Returns: Whether training is at its end; it was stopped if not, and a checkpoint was written.
  private func train<Run: CellRun>(
    _ run: Run, _ stage: CellStage, _ progress: inout CellProgress<Run>
  ) throws -> Bool {
    let total = stage.iterations
    let recordEvery = max(1, total / 200)
    var lastCheckpoint = ContinuousClock.now
    while progress.iteration < total {
      if stop.isRequested {
        try checkpoints.write(progress, run, after: stage.trials)
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
      let every = stage.validateEvery
      if every > 0, progress.iteration % every == 0 || progress.iteration == total {
        progress.validation.append(
          ValidationRecord(
            iteration: progress.iteration, scores: try validate(run, progress.learned)))
      }
      observer.progressed(
        stage.progress(progress.iteration, loss: loss, score: progress.validation.last.map { $0.scores.mean }))
      if (ContinuousClock.now - lastCheckpoint).seconds >= checkpointEvery {
        try checkpoints.write(progress, run, after: stage.trials)
        lastCheckpoint = .now
      }
    }
    return true
  }

  /// The score of each validation unit.
  private func validate<Run: CellRun>(_ run: Run, _ learned: Run.Learned) throws -> [Double] {
    try Workers.map(cell.plan.effort.validationUnits) { unit in
      try run.validationScore(ofUnit: unit, with: learned)
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
