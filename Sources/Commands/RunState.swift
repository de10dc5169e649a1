import Experiments
import Foundation
import Suites

/// How far a run has come, and how long it may still take.
struct RunState {
  /// A cell that is being trained or tested.
  struct Running {
    let cell: Cell
    let began: ContinuousClock.Instant
    /// The iteration at which this run began with the cell.
    let first: Int
    /// Trials of settings come first where there are some.
    var phase: Experiments.Progress.Phase
    var trainingBegan: ContinuousClock.Instant
    var done: Int
    var total: Int
    /// Of which a unit has so many.
    var stepsPerUnit = 1
    /// Smoothed, for single iterations are noisy.
    var loss: Double?
    var score: Double?
    var testBegan: ContinuousClock.Instant?
    /// Earlier moments of the phase, for the rate: at most one per second of the last ten.
    var marks: [(time: ContinuousClock.Instant, done: Int)]

    init(_ cell: Cell, _ iteration: Int, _ now: ContinuousClock.Instant) {
      self.cell = cell
      began = now
      trainingBegan = now
      phase = cell.tuning == nil || iteration > 0 ? .training : .tuning
      first = iteration
      done = iteration
      total = phase == .tuning ? cell.tuning?.trials.count ?? 0 : cell.plan.effort.iterations
      marks = [(now, iteration)]
    }

    /// Iterations or episodes per second, lately.
    func rate(_ now: ContinuousClock.Instant) -> Double? {
      let seconds = (now - marks[0].time).seconds
      return done > marks[0].done && seconds > 0 ? Double(done - marks[0].done) / seconds : nil
    }

    /// Seconds per training iteration since this run began with the cell, validation included.
    func secondsPerIteration(_ now: ContinuousClock.Instant) -> Double? {
      let iterations =
        switch phase {
        case .tuning: 0
        case .training: done - first
        case .testing: cell.plan.effort.iterations - first
        }
      return iterations > 0
        ? ((testBegan ?? now) - trainingBegan).seconds / Double(iterations) : nil
    }
  }

  /// What a cell took: seconds for trials of settings, per training iteration and for the test.
  private struct Cost {
    var tuning: Double
    var iteration: Double
    var test: Double
    func seconds(_ cell: Cell) -> Double {
      tuning + Double(cell.plan.effort.iterations) * iteration + test
    }
  }

  /// The number of cells of this run.
  let count: Int
  private let schedule: Schedule
  private var pending: [Cell]
  /// In the order in which they began.
  private(set) var running: [Running] = []
  private(set) var ended = 0
  /// By family.
  private var costs: [String: Cost] = [:]
  /// What whole cells took, by algorithm and dataset.
  private var totals: [String: (seconds: Double, count: Int)] = [:]

  /// - Parameter pending: The cells to run.
  init(pending: [Cell], threads: Int) {
    count = pending.count
    self.pending = pending
    schedule = Schedule(pending, threads: threads)
  }

  mutating func began(_ cell: Cell, _ iteration: Int, _ now: ContinuousClock.Instant) {
    pending.removeAll { $0.id == cell.id }
    running.append(Running(cell, iteration, now))
  }

  mutating func progressed(_ progress: Experiments.Progress, _ now: ContinuousClock.Instant) {
    guard let index = running.firstIndex(where: { $0.cell.id == progress.cell.id }) else { return }
    var state = running[index]
    if progress.phase != state.phase {
      if state.phase == .tuning { state.trainingBegan = now }
      if progress.phase == .testing { state.testBegan = now }
      state.phase = progress.phase
      state.marks = [(now, progress.done)]
    }
    state.done = progress.done
    state.total = progress.total
    state.stepsPerUnit = progress.stepsPerUnit
    state.score = progress.score
    if let loss = progress.loss {
      state.loss = state.loss.map { 0.95 * $0 + 0.05 * loss } ?? loss
    }
    if (now - state.marks.last!.time) > .seconds(1) { state.marks.append((now, state.done)) }
    if state.marks.count > 10 { state.marks.removeFirst() }
    running[index] = state
  }

  mutating func ended(_ cell: Cell, _ now: ContinuousClock.Instant) {
    ended += 1
    guard let index = running.firstIndex(where: { $0.cell.id == cell.id }) else { return }
    let state = running.remove(at: index)
    let cost = Cost(
      tuning: (state.trainingBegan - state.began).seconds, iteration: state.secondsPerIteration(now) ?? 0,
      test: state.testBegan.map { (now - $0).seconds } ?? 0)
    costs[cell.family] = cost
    let key = "\(cell.algorithm)/\(cell.dataset)"
    let (seconds, count) = totals[key] ?? (0, 0)
    totals[key] = (seconds + cost.seconds(cell), count + 1)
  }

  /// Seconds until a running cell is done; nil while unknown.
  func left(_ state: Running, _ now: ContinuousClock.Instant) -> Double? {
    switch state.phase {
    case .tuning:
      let cost = costs[state.cell.family]
      return cost.map { max(0, $0.seconds(state.cell) - (now - state.began).seconds) }
    case .training:
      guard let each = state.secondsPerIteration(now) else { return nil }
      return Double(state.total - state.done) * each + (costs[state.cell.family]?.test ?? 0)
    case .testing:
      return state.rate(now).map { Double(state.total - state.done) / $0 }
    }
  }

  /// Seconds until all cells are done, as far as is known from cells of the same algorithm and
  /// dataset, and whether that covers all; nil while nothing is known.
  func left(_ now: ContinuousClock.Instant) -> (seconds: Double, isAll: Bool)? {
    var totals = totals
    var isAll = true
    for state in running {
      guard let left = left(state, now) else { continue }
      let whole = (now - state.began).seconds + left
      let key = "\(state.cell.algorithm)/\(state.cell.dataset)"
      let (seconds, count) = totals[key] ?? (0, 0)
      totals[key] = (seconds + whole, count + 1)
    }
    var seconds: [String: Double] = [:]
    for state in running {
      seconds[state.cell.id] = left(state, now)
      if seconds[state.cell.id] == nil { isAll = false }
    }
    for cell in pending {
      let alike = totals["\(cell.algorithm)/\(cell.dataset)"]
      seconds[cell.id] =
        costs[cell.family]?.seconds(cell) ?? alike.map { $0.seconds / Double($0.count) }
      if seconds[cell.id] == nil { isAll = false }
    }
    let total = schedule.seconds { seconds[$0.id] ?? 0 }
    return total > 0 ? (total, isAll) : nil
  }
}
