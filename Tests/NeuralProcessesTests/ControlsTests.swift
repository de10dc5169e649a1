import Episodes
import Kinds
import NeuralProcesses
import Randomness
import Tensors
import Testing

struct ControlsTests {
  private let noise = RandomStream(seed: 0)

  /// Published nowhere, computed once with NumPy on 8,000 other tasks (10 targets each, standard errors up to 0.006):
  /// negative log-likelihood and squared error at 1, 3, 5, 10 and 20 contexts.
  @Test func theExactProcessIsAsGoodAsItsLikelihood() {
    let expected: [(contexts: Int, nll: Double, mse: Double)] = [
      (1, 1.207, 0.836), (3, 0.760, 0.564), (5, 0.291, 0.366), (10, -0.703, 0.123), (20, -1.726, 0.015),
    ]
    let gp = ExactGaussianProcess(GaussianCurves.process)
    let tasks = (0..<2000).map { Samples.curves.task(contexts: 20, targets: 10, from: Samples.stream($0)) }
    for (contexts, nll, mse) in expected {
      let scores = tasks.map { task in
        let prediction = gp.prediction(
          of: Nothing(), given: task.contexts.prefix(contexts), at: task.targets.inputs, noise: noise)
        let values = task.targets.values.elements.map(Double.init)
        return (prediction.negativeLogLikelihood(of: values), prediction.squaredError(of: values))
      }
      let found = (scores.reduce(0) { $0 + $1.0 } / 2000, scores.reduce(0) { $0 + $1.1 } / 2000)
      #expect(abs(found.0 - nll) < 0.05, "\(contexts) contexts: nll \(found.0)")
      #expect(abs(found.1 - mse) < 0.05, "\(contexts) contexts: mse \(found.1)")
    }
  }

  @Test func theConstantLearnsTheMomentsOfAllValues() {
    var learned = Constant().begin(from: noise)
    let batches = (0..<50).map { iteration in
      FunctionBatch((0..<4).map { Samples.curves.points(12, from: Samples.stream(100 * iteration + $0)) },
        contexts: [3, 4, 5, 6])
    }
    for batch in batches { _ = Constant().train(&learned, on: batch, noise: noise) }
    let values = batches.flatMap { $0.functions.flatMap { $0.values.elements.map(Double.init) } }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let task = Samples.curves.task(contexts: 2, targets: 3, from: Samples.stream(0))
    let prediction = Constant().prediction(of: learned, given: task.contexts, at: task.targets.inputs, noise: noise)
    #expect(prediction.means[0].count == 3)
    #expect(abs(prediction.means[0][0] - mean) < 1e-5 && abs(prediction.deviations[0][2] - variance.squareRoot()) < 1e-5)
    // What results keep is all of it.
    let kept = Constant().learned(keeping: Constant().kept(learned), in: Constant().begin(from: noise))!
    #expect(kept.mean == learned.mean && kept.square == learned.square)
    #expect(Constant().learned(from: Constant().archive(learned)) == learned)
  }

  @Test func nearestPointsAreThoseOfASort() {
    let images = FunctionSource(StrokeDigits.images(of: .test))!
    let task = images.task(contexts: 60, targets: 40, from: Samples.stream(3))
    for neighbors in [1, 3, 100] {
      let found = NearestPoints(neighbors: neighbors).prediction(
        of: RunningMoments(), given: task.contexts, at: task.targets.inputs, noise: noise)
      let (known, values) = (task.contexts.inputs.elements, task.contexts.values.elements)
      let places = task.targets.inputs.elements
      for target in 0..<40 {
        let sorted = (0..<60).map { point in
          let (dy, dx) = (places[2 * target] - known[2 * point], places[2 * target + 1] - known[2 * point + 1])
          return (distance: dy * dy + dx * dx, value: Double(values[point]), point: point)
        }.sorted { ($0.distance, $0.point) < ($1.distance, $1.point) }.prefix(neighbors)
        let mean = sorted.reduce(0) { $0 + $1.value } / Double(sorted.count)
        #expect(abs(found.means[0][target] - mean) < 1e-12)
      }
    }
  }
}
