import Kinds
import Randomness
import Tensors

/// Ignores the given points, and predicts the mean and deviation of all training values.
package struct Constant: FunctionLearner, MomentArchives {
  package init() {}

  package var isTrained: Bool { true }
  package func begin(from weights: RandomStream) -> RunningMoments { RunningMoments() }

  /// - Returns: The variance so far.
  package func train(_ learned: inout RunningMoments, on batch: FunctionBatch, noise: RandomStream) -> Double {
    learned.absorb(batch.functions.flatMap(\.values.doubles))
    return variance(learned)
  }

  package func prediction(
    of learned: RunningMoments, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction {
    let count = places.shape[0] * context.values.shape[1]
    return Prediction(
      means: [[Double](repeating: Double(learned.mean), count: count)],
      deviations: [[Double](repeating: variance(learned).squareRoot(), count: count)])
  }

  private func variance(_ learned: RunningMoments) -> Double {
    Double(learned.square) - Double(learned.mean) * Double(learned.mean)
  }

  package static let description = SystemDescription<NeuralProcesses>(
    "constant", summary: "predicts mean and deviation of all training values, without a look at the context",
    reference: "a control", settings: []
  ) { _, _ in Constant() }
}
