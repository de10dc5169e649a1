import Kinds
import Networks
import Randomness
import Tensors

/// A neural process that draws whole functions: the representation of what it was told is a normal.
///
///     q(z | points) ← N(r, diag ω²)       r and ω from the mean of encoded points, ω ← 0.1 + 0.9 logistic
///     z ~ q(z | all points)
///     loss ← mean over targets of -log N(y*; g(x*, z)) + KL(q(z | all points) || q(z | context)) / targets
///     θ ← Adam(θ, ∇ loss)
///
/// All points of a training function are targets, those that are told among them. At test z is drawn from
/// q(z | context), several times: what is predicted is the mixture. With ω = 0 it is the conditional neural
/// process of the same networks, whose representation is r.
///
/// Reference: Garnelo, Schwarz, Rosenbaum, Viola, Rezende, Eslami, Teh (2018), Neural processes, section 2.
package struct LatentNeuralProcess: NetworkFunctionLearner {
  package let networks: ProcessNetworks
  /// ω of a mean of encoded points.
  let spread: LinearLayer
  package let rate: Double
  /// Functions that are drawn at test.
  let draws: Int
  private let group: NetworkGroup

  package init(_ networks: ProcessNetworks, rate: Double, draws: Int) {
    self.networks = networks
    let width = networks.representation.outputs
    spread = LinearLayer(inputs: width, outputs: width)
    self.rate = rate
    self.draws = draws
    group = NetworkGroup(["process": networks, "spread": spread])
  }

  package var parameters: [ParameterDescription] { group.parameters }
  package var drawCount: Int? { draws }
  package var noiseWidth: Int { spread.outputs }

  /// ω begins at 0.14, near its least value, so that at first what was told is larger than what is drawn.
  package func begin(from weights: RandomStream) -> LearnerState {
    var state = LearnerState(untrained: group, from: weights)
    state.parameters[state.parameters.count - 1] = Tensor(repeating: -3, [spread.outputs])
    return state
  }

  // MARK: Training

  package func loss(_ batch: FunctionBatch, _ θ: [Tensor], noise: Tensor) -> Tensor {
    let (inputs, values) = (batch.inputs, batch.values)
    let (context, all) = latents(batch, θ)
    let predicted = networks.decoded(inputs, all.drawn(noise), group.split(θ)[0])
    return ProcessNetworks.negativeLogLikelihood(of: values, predicted)
      + all.divergence(from: context) * (1 / Float(batch.points))
  }

  /// q(z | context) and q(z | all points).
  package func latents(_ batch: FunctionBatch, _ θ: [Tensor]) -> (context: Latent, all: Latent) {
    let encoded = networks.encoded(batch.functions, group.split(θ)[0])
    let starts = stride(from: 0, to: encoded.shape[0], by: batch.points)
    return (
      latent(encoded, over: zip(starts, batch.contexts).map { $0..<$0 + $1 }, θ),
      latent(encoded, over: starts.map { $0..<$0 + batch.points }, θ)
    )
  }

  private func latent(_ encoded: Tensor, over spans: [Range<Int>], _ θ: [Tensor]) -> Latent {
    let parts = group.split(θ)
    let means = networks.mean(of: encoded, over: spans)
    return Latent(
      mean: networks.represented(means, parts[0]),
      deviation: spread(parts[1], means, normalization: .batch).output.logistic() * 0.9 + 0.1)
  }

  // MARK: Prediction

  package func prediction(
    of learned: LearnerState, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction {
    prediction(
      of: learned, given: context, at: places, drawing: .normal([draws, noiseWidth], deviation: 1, noise))
  }

  /// The mixture of the functions that some standard normals, `[draws, width]`, draw.
  package func prediction(
    of learned: LearnerState, given context: Points, at places: Tensor, drawing noise: Tensor
  ) -> Prediction {
    let θ = learned.parameters
    let parts = group.split(θ)
    let z = latent(networks.encoded([context], parts[0]), over: [0..<context.count], θ).drawn(noise)
    let draws = noise.shape[0]
    let single = places.reshaped(places.shape.stacked(1))
    let predicted = networks.decoded(single.repeated(to: places.shape.stacked(draws)), z, parts[0])
    func components(_ tensor: Tensor) -> [[Double]] { tensor.split(0, into: draws).map(\.doubles) }
    return Prediction(means: components(predicted.mean), deviations: components(predicted.deviation))
  }
}

/// A normal of independent numbers for each function: both `[functions, width]`.
package struct Latent {
  package let mean: Tensor, deviation: Tensor

  package init(mean: Tensor, deviation: Tensor) {
    self.mean = mean
    self.deviation = deviation
  }

  /// What standard normals draw from it.
  func drawn(_ noise: Tensor) -> Tensor { mean + deviation * noise }

  /// The divergence of Kullback and Leibler KL(self || other), a mean over functions.
  package func divergence(from other: Latent) -> Tensor {
    let ratio = deviation / other.deviation
    let distance = (mean - other.mean) / other.deviation
    return (ratio.squared() + distance.squared() + ratio.log() * -2 + -1).sum()
      * (0.5 / Float(mean.shape[0]))
  }
}

extension LatentNeuralProcess {
  private static let draws = Setting("draws", 32, atLeast: 1, "functions that are drawn at test")

  package static let description = SystemDescription<NeuralProcesses>(
    "np", summary: "neural process: draws whole functions through a latent variable",
    reference: "Garnelo et al. 2018, Neural processes",
    settings: .of(ConditionalNeuralProcess.width, ConditionalNeuralProcess.metaRate, draws),
    records: [Outcomes.drawn.name]
  ) { settings, plan in
    LatentNeuralProcess(
      ProcessNetworks(plan, width: settings[ConditionalNeuralProcess.width]),
      rate: settings[ConditionalNeuralProcess.metaRate], draws: settings[draws])
  }
}
