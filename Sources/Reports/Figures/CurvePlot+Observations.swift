import Kinds
import Judgements
import Statistics
import Suites

extension CurvePlot {
  /// What a cell's repeats gave of a curve, before anything of it is left out.
  struct Observations {
    /// The means over the repeats, in increasing order of x.
    let points: [Point]
    /// Every repeat's mean is a point of its own to fit to: how much repeats differ widens the band.
    let singles: [(x: Double, y: Double)]

    init(_ layout: ReportLayout.Curve, of family: CellFamily) {
      let observed: [(x: Double, runs: [[Double]], estimate: Estimate?)]
      let metric = layout.metric(of: family.cell)
      switch layout.y.stage {
      case .test: observed = Self.placed(layout, of: family)
      case .validation:
        observed = Self.aligned(
          family.done.map { $0.validation.map { ($0.iteration, $0.scores) } },
          variesBy: family.cell.variesBy, isAccuracy: metric.isShare)
      case .train:
        observed = Self.aligned(
          family.done.map { $0.training.map { ($0.iteration, [$0.loss]) } },
          variesBy: family.cell.variesBy, isAccuracy: false)
      }
      let scale = metric.factor
      let estimated = observed.filter { $0.estimate != nil }
      points = estimated.map { Point(x: $0.x, $0.estimate!, scale: scale, isNonNegative: metric.isNonNegative) }
      singles = estimated.flatMap { x, runs, _ in
        runs.compactMap { Summary(of: $0)?.mean }.map { (x: x, y: $0 * scale) }
      }
    }

    /// The repeats' values at each place of the axis that is drawn to the right; none where there is only one, as
    /// of what does not adapt.
    private static func placed(
      _ layout: ReportLayout.Curve, of family: CellFamily
    ) -> [(x: Double, runs: [[Double]], estimate: Estimate?)] {
      let outcome = layout.y.outcome
      let arrays = family.done.compactMap { record in record.test[outcome] }
      let axes = arrays.compactMap { array in array.axes.first { $0.name == layout.x } }
      guard let axis = axes.max(by: { $0.places.count < $1.places.count }), axis.places.count > 1 else {
        return []
      }
      return axis.places.map { place in
        var measure = layout.at
        measure.outcome = outcome == family.cell.metric.name ? nil : outcome
        measure.at[layout.x] = place
        return (place, family.values(by: measure), family.estimate(by: measure))
      }
    }

    /// The repeats' values at each iteration that any of them has, in increasing order.
    private static func aligned(
      _ runs: [[(iteration: Int, values: [Double])]], variesBy: Variation, isAccuracy: Bool
    ) -> [(x: Double, runs: [[Double]], estimate: Estimate?)] {
      var byIteration: [Int: [[Double]]] = [:]
      for run in runs {
        for point in run { byIteration[point.iteration, default: []].append(point.values) }
      }
      return byIteration.keys.sorted().map { iteration in
        let runs = byIteration[iteration]!
        let areAlike = runs.allSatisfy { $0.count == runs[0].count }
        return (
          Double(iteration), runs,
          areAlike ? Estimate(runs, variesBy: variesBy, isAccuracy: isAccuracy) : nil
        )
      }
    }
  }
}
