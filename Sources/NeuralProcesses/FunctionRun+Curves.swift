import Episodes
import Measures
import Tensors

/// Curves between the points that were told of them, as people would look at them.
extension FunctionRun {
  func curves(with learned: Learned) -> [CurveSheet] {
    guard case .vectors(features: 1) = plan.values.dataset.inputKind else { return [] }
    // Every other number of points.
    let told = plan.places.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let panels = (0..<2).flatMap { unit -> [CurveSheet.Panel] in
      let task = task(unit, of: .test)
      let truth = points(task.targets).sorted { $0.x < $1.x }
      let all = (truth + points(task.contexts)).map(\.x)
      let (first, last) = (all.min()!, all.max()!)
      let places = (0...100).map { first + (last - first) * Double($0) / 100 }
      return told.map { count in
        let context = task.contexts.prefix(count)
        let answer = prediction(
          unit, of: .test, told: context, at: Tensor([places.count, 1], places.map { Float($0) }), with: learned)
        return CurveSheet.Panel(
          heading: "curve \(unit + 1), " + count.counted("point"), told: points(context), truth: truth, x: places,
          mean: answer.mean, deviation: answer.deviation)
      }
    }
    return [
      CurveSheet(
        name: "curves", title: "Curves and their uncertainty",
        caption: "The first two test curves. Circles: the points that were told. Thick: the expected curve, with a band "
          + "of two standard deviations on either side. Thin: the curve itself, from target to target.",
        columns: told.count, panels: panels)
    ]
  }

  private func points(_ points: Points) -> [CurveSheet.Point] {
    zip(points.inputs.elements, points.values.elements).map { CurveSheet.Point(x: Double($0), y: Double($1)) }
  }
}
