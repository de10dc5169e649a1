import Algorithms
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
      switch layout.y {
      case .testAccuracy, .testLoss:
        // Algorithms that do not adapt have no curve.
        observed = family.steps == 0 ? [] : (0...family.steps).map { steps in
          let runs = family.done.filter { steps <= $0.test.steps }
          return (
            Double(steps), runs.map { $0.test.scores(after: steps) }, family.estimate(after: steps)
          )
        }
      case .validationAccuracy, .validationLoss:
        observed = Self.aligned(
          family.done.map { $0.validation.map { ($0.iteration, $0.scores) } },
          variesBy: family.cell.variesBy, isAccuracy: layout.y.isPercent)
      case .trainLoss:
        observed = Self.aligned(
          family.done.map { $0.training.map { ($0.iteration, [$0.loss]) } },
          variesBy: family.cell.variesBy, isAccuracy: false)
      }
      let scale = layout.y.scale
      let estimated = observed.filter { $0.estimate != nil }
      points = estimated.map { Point(x: $0.x, $0.estimate!, scale: scale) }
      singles = estimated.flatMap { x, runs, _ in
        runs.compactMap { Summary(of: $0)?.mean }.map { (x: x, y: $0 * scale) }
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
