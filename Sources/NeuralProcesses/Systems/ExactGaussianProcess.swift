import Episodes
import Kinds
import Randomness
import Tensors

/// The process that the curves were drawn from, conditioned on the given points: no system can do better on average.
package struct ExactGaussianProcess: FunctionLearner, EmptyArchives {
  let process: GaussianProcess

  package init(_ process: GaussianProcess) { self.process = process }

  package var isTrained: Bool { false }
  package func begin(from weights: RandomStream) -> Nothing { Nothing() }
  package func train(_ learned: inout Nothing, on batch: FunctionBatch, noise: RandomStream) -> Double { 0 }

  package func prediction(
    of learned: Nothing, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction {
    let expected = process.posterior(
      given: context.inputs.doubles, context.values.doubles, at: places.doubles)
    return Prediction(means: [expected.map(\.mean)], deviations: [expected.map(\.deviation)])
  }

  package static let description = SystemDescription<NeuralProcesses>(
    "gp", summary: "an oracle: the Gaussian process that curves are drawn from, given the context",
    reference: "Rasmussen, Williams 2006", allSettings: [(GaussianCurves.name, [])],
    settings: { $0.name == GaussianCurves.name ? [] : nil }, variesBy: { _ in .nothing }
  ) { _, _ in ExactGaussianProcess(GaussianCurves.process) }
}
