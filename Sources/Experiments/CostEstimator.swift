import FewShot
import Episodes
import Suites
import Tensors

/// Times a few real iterations and test episodes of cells, as a run would make them.
///
///     let estimator = CostEstimator(datasets: datasets)
///     for (family, estimate) in estimator.estimates(of: suite.cells) { ... }
public struct CostEstimator: Sendable {
  let datasets: OpenDatasets
  let budget: Double

  /// - Parameter budget: About how many seconds all timings may take together; a slow iteration can
  ///   exceed it, for each family is timed at least once.
  public init(datasets: OpenDatasets, budget: Double = 15) {
    self.datasets = datasets
    self.budget = budget
  }

  /// The estimate of each family of cells, or why there is none (a dataset is not imported).
  ///
  /// One cell of each family is timed, in its place in the ``Schedule`` of a run.
  public func estimates(of cells: [Cell]) -> [String: Result<CostEstimate, any Error>] {
    var seen: Set<String> = []
    let first = cells.filter { seen.insert($0.family).inserted }
    let seconds = min(0.6, max(0.02, budget / Double(max(first.count, 1))))
    let places = Schedule(cells, threads: Workers.threads)
    let alone = Set(places.inTurn.map(\.family))
    let sideBySide = first.filter { !alone.contains($0.family) }
    let inTurn = first.filter { alone.contains($0.family) }
    let estimates =
      Workers.map(sideBySide.count) { index in Result { try estimate(sideBySide[index], seconds) } }
      + inTurn.map { cell in Result { try estimate(cell, seconds) } }
    return Dictionary(uniqueKeysWithValues: zip((sideBySide + inTurn).map(\.family), estimates))
  }

  private func estimate(_ cell: Cell, _ seconds: Double) throws -> CostEstimate {
    let streams = CellStreams(cell)
    let source = try datasets.part(.train, of: cell)
    let learner = try AlgorithmRegistry.named(cell.algorithm)!.learner(
      cell.settings, for: cell.problem(trainingOn: source))
    var state = learner.initialState(from: streams.weights)
    let tasks = TrainingTasks(
      source: source, order: streams.trainingOrder, noise: streams.trainingNoise)
    let iteration =
      learner.isTrained
      ? time(0.7 * seconds, 20) { state = learner.updated(state, iteration: $0, on: tasks).state } : 0
    let test = try datasets.part(.test, of: cell)
    let block = 4 * Workers.threads
    let learned = state
    let episode = time(0.3 * seconds, 5) { round in
      _ = Workers.map(block) { offset in
        let episode = test.episode(
          cell.testShape, from: streams.testEpisode(round * block + offset))
        return learner.adapted(learned, to: episode.support, noise: streams.testNoise(offset))
          .scores(on: episode.query, of: cell.testShape, by: cell.test.normalizeQueries).count
      }
    }
    return CostEstimate(iteration: iteration, episode: episode / Double(block))
  }

  /// Seconds per call of `body`, which is repeated for about `seconds`. The first call, which warms
  /// caches, counts only if there is no time for another.
  private func time(_ seconds: Double, _ most: Int, _ body: (Int) -> Void) -> Double {
    let start = ContinuousClock.now
    body(0)
    let first = (ContinuousClock.now - start).seconds
    guard first < seconds else { return first }
    let again = ContinuousClock.now
    var count = 0
    repeat {
      count += 1
      body(count)
    } while count < most && (ContinuousClock.now - start).seconds < seconds
    return (ContinuousClock.now - again).seconds / Double(count)
  }
}
