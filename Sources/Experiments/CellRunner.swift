import Digests
import Episodes
import FewShot
import Kinds
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

/// Trains and tests one cell.
///
/// What is computed depends on the cell alone. Checkpoints, progress and the number of threads
/// leave no trace in it.
struct CellRunner {
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
      outcome = .finished(record(.failed("\(error)"), nil, test: .empty))
    }
    if case .finished(let record) = outcome {
      try CellFile.write(record, to: folder.file(for: cell.id), replacing: true)
      try folder.removeCheckpoint(for: cell.id)
    }
    return outcome
  }

  /// Where training stands.
  private struct Training {
    var state: LearnerState?
    var iteration = 0
    var records: [TrainingRecord] = []
    var validation: [ValidationRecord] = []
    /// The sum of losses since the last record.
    var lossSum = 0.0
    var seconds = 0.0
  }

  private func trainAndTest() throws -> CellOutcome {
    let streams = CellStreams(cell)
    let source = try datasets.part(.train, of: cell)
    let learner = try AlgorithmRegistry.named(cell.algorithm)!.learner(
      cell.settings, for: cell.problem(trainingOn: source))
    var training = try resumed(learner) ?? Training()
    var state = training.state ?? learner.initialState(from: streams.weights)
    observer.began(cell, training.iteration)

    let tasks = TrainingTasks(
      source: source, order: streams.trainingOrder, noise: streams.trainingNoise)
    let total = learner.isTrained ? cell.training.iterations : 0
    let recordEvery = max(1, total / 200)
    var lastCheckpoint = ContinuousClock.now
    while training.iteration < total {
      if stop.isRequested {
        training.state = state
        try checkpoint(training, learner)
        return .stopped
      }
      let start = ContinuousClock.now
      let (next, loss) = learner.updated(state, iteration: training.iteration, on: tasks)
      training.seconds += (ContinuousClock.now - start).seconds
      guard loss.isFinite else {
        let place = "the training loss is \(loss) at iteration \(training.iteration)"
        return .finished(record(.diverged(place), training, test: .empty))
      }
      state = next
      training.iteration += 1
      training.lossSum += Double(loss)
      if training.iteration % recordEvery == 0 {
        let mean = training.lossSum / Double(recordEvery)
        training.records.append(
          TrainingRecord(iteration: training.iteration, loss: mean, seconds: training.seconds))
        training.lossSum = 0
      }
      let every = cell.training.validateEvery
      if every > 0, training.iteration % every == 0 || training.iteration == total {
        training.validation.append(
          ValidationRecord(
            iteration: training.iteration, scores: try validate(learner, state, streams)))
      }
      observer.progressed(
        Progress(
          cell: cell, phase: .training, done: training.iteration, total: total, loss: Double(loss),
          score: training.validation.last.map { $0.scores.mean }))
      if (ContinuousClock.now - lastCheckpoint).seconds >= checkpointEvery {
        training.state = state
        try checkpoint(training, learner)
        lastCheckpoint = .now
      }
    }
    let episodes = try TestEpisodes(of: cell, from: datasets)
    let testStart = ContinuousClock.now
    guard let test = episodes.outcomes(of: learner, in: state, observer: observer, stop: stop) else {
      training.state = state
      try checkpoint(training, learner)
      return .stopped
    }
    training.state = state
    var record = record(test.status, training, test: test, learner: learner)
    record.testSeconds = (ContinuousClock.now - testStart).seconds
    return .finished(record)
  }

  /// The score after the last adaptation step on each validation episode.
  private func validate(_ learner: any Learner, _ state: LearnerState, _ streams: CellStreams) throws
    -> [Double]
  {
    let source = try datasets.part(.validation, of: cell)
    return Workers.map(cell.training.validationEpisodes) { index in
      let episode = source.episode(cell.testShape, from: streams.validationEpisode(index))
      return learner.adapted(state, to: episode.support, noise: streams.validationNoise(index))
        .scores(on: episode.query, of: cell.testShape, by: cell.test.normalizeQueries).last!
    }
  }

  private func record(
    _ status: CellRecord.Status, _ training: Training?, test: TestOutcomes,
    learner: (any Learner)? = nil
  ) -> CellRecord {
    let keepsParameters = store.keepsParameters(ofRepeat: cell.repetition)
    return CellRecord(
      suite: suite, cell: cell.id, algorithm: cell.algorithm, dataset: cell.dataset,
      split: cell.split, way: cell.way, shot: cell.shot, query: cell.test.query,
      repetition: cell.repetition, metric: cell.metric, configuration: cell.configuration,
      provenance: provenance, status: status, test: test, training: training?.records ?? [],
      validation: training?.validation ?? [],
      parameters: keepsParameters
        ? training?.state.flatMap { state in learner.map { state.learned(by: $0) } } ?? [] : [],
      iterations: training?.iteration, peakMemory: PeakMemory.bytes)
  }
}

// MARK: Checkpoints

extension CellRunner {
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

  private func checkpoint(_ training: Training, _ learner: any Learner) throws {
    guard let state = training.state else { return }
    let dataDigest = try dataDigest
    try Checkpoint(
      cell: cell.id, configurationDigest: configurationDigest(dataDigest), dataDigest: dataDigest,
      iteration: training.iteration, state: state.arrays(learner), integers: ["adamStep": state.adam.step],
      numbers: ["lossSum": training.lossSum, "seconds": training.seconds],
      training: training.records, validation: training.validation
    ).write(to: folder.checkpoint(for: cell.id))
  }

  /// Where an earlier run left off; nil if it left nothing, or something that cannot be gone on from
  /// to the same bits, which the observer is told.
  ///
  /// - Throws: ``ExperimentsError/badCheckpoint(file:reason:)``.
  private func resumed(_ learner: any Learner) throws -> Training? {
    let left: Checkpoint?
    do {
      left = try folder.readCheckpoint(for: cell.id)
    } catch {
      throw ExperimentsError.badCheckpoint(
        file: folder.checkpoint(for: cell.id).path, reason: "\(error)")
    }
    guard let checkpoint = left else { return nil }
    let dataDigest = try dataDigest
    guard checkpoint.configurationDigest == configurationDigest(dataDigest),
      let state = LearnerState(checkpoint.state, step: checkpoint.integers["adamStep"] ?? 0, learner)
    else {
      let isOfOtherData = ![dataDigest, ""].contains(checkpoint.dataDigest)
      observer.beganAnew(
        cell,
        isOfOtherData
          ? "its checkpoint was begun with other data, before '\(cell.dataset)' was imported again"
          : "its checkpoint was begun by another program or on another type of CPU")
      return nil
    }
    return Training(
      state: state, iteration: checkpoint.iteration, records: checkpoint.training,
      validation: checkpoint.validation, lossSum: checkpoint.numbers["lossSum"] ?? 0,
      seconds: checkpoint.numbers["seconds"] ?? 0)
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
}
