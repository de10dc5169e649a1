import Suites

/// What a cell costs on this machine, from a short timing.
public struct CostEstimate: Sendable {
  /// Seconds that one training iteration takes.
  public let iteration: Double
  /// Seconds that one validation or test unit takes.
  public let unit: Double

  /// Seconds that are left of a cell of which some iterations are done. A test until a half-width is
  /// counted with its first units, for nobody knows how many follow; trials of settings, while nothing is done.
  public func seconds(of cell: Cell, after done: Int = 0) -> Double {
    let effort = cell.plan.effort
    let iterations = iteration > 0 ? max(0, effort.iterations - done) : 0
    let every = effort.validateEvery
    let validations =
      every > 0 && iterations > 0
      ? effort.iterations / every - done / every + (effort.iterations % every == 0 ? 0 : 1) : 0
    let budget = done == 0 ? cell.tuning?.budget : nil
    let trials = budget.map { budget in
      Double(budget.trials)
        * (Double(budget.iterations ?? 0) * iteration + Double(budget.units) * unit)
    }
    return (trials ?? 0) + Double(iterations) * iteration
      + Double(validations * effort.validationUnits) * effort.validationCost * unit
      + Double(cell.leastTestUnits) * unit
  }
}
