import Kinds
import Randomness
import Tensors

/// The mean of the nearest points that were told. How far off that is it learns in training: one deviation for
/// all places and numbers of contexts.
package struct NearestPoints: FunctionLearner, MomentArchives {
  let neighbors: Int

  package init(neighbors: Int) { self.neighbors = neighbors }

  package var isTrained: Bool { true }
  package func begin(from weights: RandomStream) -> RunningMoments { RunningMoments() }

  /// Learns from its errors at all points that are not told.
  ///
  /// - Returns: The mean squared error so far.
  package func train(_ learned: inout RunningMoments, on batch: FunctionBatch, noise: RandomStream) -> Double {
    let errors = zip(batch.functions, batch.contexts).flatMap { points, count in
      let others = count..<points.count
      return zip(
        values(of: points.prefix(count), at: points.inputs.slice(0, others)),
        points.values.slice(0, others).doubles
      ).map { $0 - $1 }
    }
    if !errors.isEmpty { learned.absorb(errors) }
    return Double(learned.square)
  }

  package func prediction(
    of learned: RunningMoments, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction {
    let means = values(of: context, at: places)
    return Prediction(
      means: [means], deviations: [means.map { _ in Double(learned.square).squareRoot() }])
  }

  /// The mean of the nearest points at each place; of equally near ones those count that were told first.
  private func values(of context: Points, at places: Tensor) -> [Double] {
    let (coordinates, outputs) = (context.inputs.shape[1], context.values.shape[1])
    let (known, values) = (context.inputs.elements, context.values.elements)
    let count = min(neighbors, context.count)
    var means: [Double] = []
    means.reserveCapacity(places.shape[0] * outputs)
    places.withElements { places in
      for start in stride(from: 0, to: places.count, by: coordinates) {
        // The nearest so far, nearest first.
        var nearest: [(distance: Float, point: Int)] = []
        for point in 0..<context.count {
          var distance: Float = 0
          for axis in 0..<coordinates {
            let step = places[start + axis] - known[point * coordinates + axis]
            distance += step * step
          }
          if nearest.count == count, distance >= nearest[count - 1].distance { continue }
          if nearest.count == count { nearest.removeLast() }
          nearest.insert((distance, point), at: nearest.firstIndex { distance < $0.distance } ?? nearest.count)
        }
        for output in 0..<outputs {
          means.append(
            nearest.reduce(0) { $0 + Double(values[$1.point * outputs + output]) } / Double(nearest.count))
        }
      }
    }
    return means
  }

  private static let neighbors = Setting("neighbors", 1, atLeast: 1, "points that the mean is taken of")

  package static let description = SystemDescription<NeuralProcesses>(
    "nearest-neighbor", summary: "the mean of the nearest points told, and one learned deviation",
    reference: "a control; Garnelo et al. 2018, table 1", settings: .of(neighbors)
  ) { settings, _ in NearestPoints(neighbors: settings[neighbors]) }
}
