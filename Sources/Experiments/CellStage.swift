import Episodes
import Kinds
import Measures
import Results
import Statistics
import Suites

/// One training with its test: that of the cell or, before it, a trial of its settings, which is tested on
/// validation units.
struct CellStage {
  let cell: Cell
  let plan: CellPlan
  /// What it is tested on.
  let part: Part
  /// The most units that it is tested on.
  let units: Int
  /// What decides how many units there are; nil for all.
  let rule: SequentialWidth?
  /// Trials that were made before.
  let trials: [TuningRecord.Trial]
  /// The best score of those; nil before the first, and in the stage of the cell itself.
  private let bestTrial: Double?

  /// The cell itself, with the settings that it chose.
  init(_ cell: Cell, choosing tuning: TuningRecord? = nil) {
    self.cell = cell
    plan = cell.choosing(tuning?.chosen).plan
    part = .test
    units = plan.effort.units
    rule = cell.stoppingRule
    trials = tuning?.trials ?? []
    bestTrial = nil
  }

  /// The trial after those that were made.
  init(_ trial: Tuning.Trial, of tuning: Tuning, _ cell: Cell, after trials: [TuningRecord.Trial]) {
    self.cell = cell
    plan = trial.plan
    part = .validation
    units = tuning.budget.units
    rule = nil
    self.trials = trials
    bestTrial = TuningRecord.best(of: trials, by: cell.metric).flatMap { trials[$0].score }
  }

  var isTrial: Bool { part == .validation }

  /// The training iterations of it.
  var iterations: Int { plan.isTrained ? plan.effort.iterations : 0 }

  /// A validation after every so many iterations; 0 for none. A trial ends with one of its own.
  var validateEvery: Int { isTrial ? 0 : plan.effort.validateEvery }

  /// What is told of its training.
  func progress(_ iteration: Int, loss: Double, score: Double?) -> Progress {
    isTrial
      ? trialProgress(loss: loss)
      : Progress(cell: cell, phase: .training, done: iteration, total: iterations, loss: loss, score: score)
  }

  /// What is told of its test, of which so many steps are done.
  func progress(tested done: Int, of total: Int, stepsPerUnit: Int, score: Double?) -> Progress {
    isTrial
      ? trialProgress(loss: nil)
      : Progress(
        cell: cell, phase: .testing, done: done, total: total, stepsPerUnit: stepsPerUnit, loss: nil,
        score: score)
  }

  /// How many trials are done, with the best score so far.
  private func trialProgress(loss: Double?) -> Progress {
    Progress(
      cell: cell, phase: .tuning, done: trials.count, total: cell.tuning?.trials.count ?? 0, loss: loss,
      score: bestTrial)
  }
}
