import Statistics

extension Cell {
  /// What decides how many units the cell is tested on, where its suite wants a half-width
  /// (`test: { until: 0.005 }`); nil where it wants a number of units.
  public var stoppingRule: SequentialWidth? {
    plan.effort.until.map { until in
      SequentialWidth(
        halfWidth: until, atLeast: min(SequentialWidth.firstStage, plan.effort.units),
        atMost: plan.effort.units, isBounded: metric.isShare)
    }
  }

  /// The number of units that the cell is tested on at least.
  public var leastTestUnits: Int { stoppingRule?.atLeast ?? plan.effort.units }
}
