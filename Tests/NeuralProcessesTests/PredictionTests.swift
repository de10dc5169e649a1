import NeuralProcesses
import Testing

struct PredictionTests {
  /// scipy: the mean of `norm.logpdf`, beside the posterior of the test of the Gaussian process.
  @Test func likelihoodIsThatOfNormals() {
    let prediction = Prediction(means: [[0.5, -1, 2]], deviations: [[1, 0.25, 3]])
    // -log N: 0.5 ((y - μ)/σ)² + log σ + 0.918938533204673
    let expected = (0.125 + 0 + 0.918938533204673 + 2 - 1.38629436111989 + 0.918938533204673
      + 0.5 + 1.09861228866811 + 0.918938533204673) / 3
    #expect(abs(prediction.negativeLogLikelihood(of: [1, -0.5, 5]) - expected) < 1e-12)
    #expect(prediction.deviation == [1, 0.25, 3] && prediction.drawnDeviation == 0)
    #expect(abs(prediction.squaredError(of: [1, -0.5, 5]) - (0.25 + 0.25 + 9) / 3) < 1e-15)
  }

  /// Densities of two normals at 1: 0.24197072451914337 and 0.3989422804014327 (means 0 and 1, deviation 1).
  @Test func mixturesAreSummedBeforeTheLogarithm() {
    let prediction = Prediction(means: [[0], [1]], deviations: [[1], [1]])
    #expect(abs(prediction.negativeLogLikelihood(of: [1]) - 1.1380087295845862) < 1e-12)
    #expect(prediction.mean == [0.5])
    #expect(abs(prediction.deviation[0] - 1.25.squareRoot()) < 1e-15 && prediction.drawnDeviation == 0.5)
  }

  @Test func farAwayIsNotInfinite() {
    let prediction = Prediction(means: [[0], [1]], deviations: [[0.1], [0.1]])
    #expect(abs(prediction.negativeLogLikelihood(of: [100]) / 490_050 - 1) < 1e-4)
  }
}
