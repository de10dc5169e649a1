import Episodes
import Kinds
import Suites
import Tensors

/// Times a few real iterations and steps of test units of cells, as a run would make them.
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
    let run = try cell.plan.run(in: RunContext(cell, from: datasets))
    return try estimate(run, cell, seconds)
  }

  private func estimate<Run: CellRun>(_ run: Run, _ cell: Cell, _ seconds: Double) throws
    -> CostEstimate
  {
    var learned = run.begin()
    let iteration =
      cell.plan.isTrained
      ? try time(0.7 * seconds, 20) { _ = try run.train(&learned, iteration: $0) } : 0
    let block = run.stepsPerUnit == 1 ? 4 * Workers.threads : Workers.threads
    let fixed = learned
    var states = try (0..<block).map { try run.begin(unit: $0, of: .test, with: fixed) }
    let step = try time(0.3 * seconds, 5) { round in
      let before = states
      states = try Workers.map(block) { offset in
        var state =
          run.stepsPerUnit == 1
          ? try run.begin(unit: round * block + offset, of: .test, with: fixed) : before[offset]
        // A unit that is done begins anew.
        return try run.advance(&state, with: fixed) == nil
          ? state : run.begin(unit: offset, of: .test, with: fixed)
      }
    }
    return CostEstimate(iteration: iteration, unit: step * Double(run.stepsPerUnit) / Double(block))
  }

  /// Seconds per call of `body`, which is repeated for about `seconds`. The first call, which warms
  /// caches, counts only if there is no time for another.
  private func time(_ seconds: Double, _ most: Int, _ body: (Int) throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body(0)
    let first = (ContinuousClock.now - start).seconds
    guard first < seconds else { return first }
    let again = ContinuousClock.now
    var count = 0
    repeat {
      count += 1
      try body(count)
    } while count < most && (ContinuousClock.now - start).seconds < seconds
    return (ContinuousClock.now - again).seconds / Double(count)
  }
}
