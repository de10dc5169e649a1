import Kinds
import Networks
import Randomness
import Tensors

/// A network that predicts a function from the mean of what it makes of the points that it was told.
///
///     r ← mean over the context of h(x, y)
///     μ, σ ← g(x*, r)                     for every target, those that were told among them
///     loss ← mean of -log N(y*; μ, σ)
///     θ ← Adam(θ, ∇ loss)
///
/// Reference: Garnelo et al. (2018), Conditional neural processes, section 2.
package struct ConditionalNeuralProcess: NetworkFunctionLearner {
  package let networks: ProcessNetworks
  package let rate: Double

  package init(_ networks: ProcessNetworks, rate: Double) {
    self.networks = networks
    self.rate = rate
  }

  package var parameters: [ParameterDescription] { networks.parameters }

  package func begin(from weights: RandomStream) -> LearnerState {
    LearnerState(untrained: networks, from: weights)
  }

  package func loss(_ batch: FunctionBatch, _ θ: [Tensor], noise: Tensor) -> Tensor {
    // Only points that are told need be encoded.
    let ends = batch.contexts.reduce(into: [0]) { $0.append($0.last! + $1) }
    let means = networks.mean(
      of: networks.encoded(batch.told, θ), over: zip(ends, ends.dropFirst()).map { $0..<$1 })
    let predicted = networks.decoded(batch.inputs, networks.represented(means, θ), θ)
    return ProcessNetworks.negativeLogLikelihood(of: batch.values, predicted)
  }

  package func prediction(
    of learned: LearnerState, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction {
    let θ = learned.parameters
    let means = networks.mean(of: networks.encoded([context], θ), over: [0..<context.count])
    let predicted = networks.decoded(
      places.reshaped(places.shape.stacked(1)), networks.represented(means, θ), θ)
    return Prediction(means: [predicted.mean.doubles], deviations: [predicted.deviation.doubles])
  }
}

extension ConditionalNeuralProcess {
  static let width = Setting("width", 128, atLeast: 1, "units of each layer, and numbers of the representation")
  static let metaRate = Setting("metaRate", 0.001, "step size of Adam")

  package static let description = SystemDescription<NeuralProcesses>(
    "cnp", summary: "conditional neural process: a mean of encoded points, decoded at each target",
    reference: "Garnelo et al. 2018, Conditional neural processes", settings: .of(width, metaRate)
  ) { settings, plan in
    ConditionalNeuralProcess(ProcessNetworks(plan, width: settings[width]), rate: settings[metaRate])
  }
}

extension ProcessNetworks {
  init(_ plan: NeuralProcesses, width: Int) {
    self.init(coordinates: plan.coordinateCount, outputs: plan.outputs, width: width)
  }
}
