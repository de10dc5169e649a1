import Episodes
import Randomness
import Tensors
import Testing

struct GaussianProcessTests {
  private let inputs = [-1.75, -1.5, -0.25, 0.125, 0.25, 1.0, 1.875]
  private let values = [0.5, 0.75, -1.25, 0.375, 0.5, 1.5, -0.625]
  private let places = [-2.0, -1.6, -0.5, 0.0, 0.25, 0.6, 1.4, 2.0]

  /// scikit-learn 1.x: `GaussianProcessRegressor(RBF(.4) + WhiteKernel(.0004), alpha=0, optimizer=None)`, the
  /// mean and deviation of `predict`.
  @Test func posteriorIsThatOfScikitLearn() {
    let means = [
      0.16639708967519662, 0.685027715427074, -1.8578065193938154, -0.01172630900154914, 0.5030293319560588,
      0.6274629978542432, 0.7426312676764597, -0.6792321088164468,
    ]
    let deviations = [
      0.42025896236047283, 0.07059917193177692, 0.3951565992074312, 0.05862983660356937, 0.028224245406132532,
      0.31234004931623316, 0.6432023448907941, 0.3028424704075074,
    ]
    let posterior = GaussianCurves.process.posterior(given: inputs, values, at: places)
    for (found, (mean, deviation)) in zip(posterior, zip(means, deviations)) {
      #expect(abs(found.mean - mean) < 1e-8)
      #expect(abs(found.deviation - deviation) < 1e-8)
    }
  }

  @Test func withoutPointsItIsThePrior() {
    let prior = GaussianProcess(length: 1, deviation: 2, noise: 0.5).posterior(given: [], [], at: [0, 3])
    for place in prior { #expect(place.mean == 0 && abs(place.deviation - 4.25.squareRoot()) < 1e-15) }
  }

  /// Means of products of values of 20,000 curves, beside the kernel.
  @Test func curvesHaveTheCovarianceOfTheKernel() {
    let places = [-1.0, -0.7, 0.0, 0.4]
    let curves = (0..<20_000).map { index in
      var random = RandomStream(seed: 8).child("curve", index).generator()
      return GaussianCurves.process.values(at: places, from: &random)
    }
    for i in places.indices {
      for j in places.indices {
        let mean = curves.reduce(0) { $0 + $1[i] * $1[j] } / 20_000
        let distance = (places[i] - places[j]) / 0.4
        let expected = Elementary.exp(-distance * distance / 2) + (i == j ? 0.0004 : 0)
        #expect(abs(mean - expected) < 0.04, "\(i), \(j)")
      }
    }
  }

  /// Support and query points of one curve belong together: from all but the last the last is foretold.
  @Test func anEpisodeIsOneCurve() {
    let errors = (0..<200).map { index in
      let episode = GaussianCurves().episode(
        EpisodeShape(way: 1, shot: 40, query: 1), from: RandomStream(seed: 2).child("episode", index))
      guard case .values(let known) = episode.support.targets, case .values(let asked) = episode.query.targets
      else { return Double.nan }
      let expected = GaussianCurves.process.posterior(
        given: episode.support.inputs.elements.map(Double.init), known.elements.map(Double.init),
        at: episode.query.inputs.elements.map(Double.init))[0]
      return (Double(asked.elements[0]) - expected.mean) / expected.deviation
    }
    let square = errors.reduce(0) { $0 + $1 * $1 } / 200
    #expect(abs(square - 1) < 0.4, "standardized errors are standard normal")
  }

  @Test func curvesOfABatchAreUnrelated() {
    let batch = GaussianCurves().batch(4000, from: RandomStream(seed: 3))
    guard case .values(let values) = batch.targets else { return }
    let numbers = values.elements.map(Double.init)
    let square = numbers.reduce(0) { $0 + $1 * $1 } / 4000
    #expect(abs(square - 1) < 0.1)
    #expect(batch.inputs.elements.allSatisfy { (-2...2).contains($0) })
  }
}
