import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// The nearest-neighbour baseline: a query gets the class of the support example that is nearest,
/// in pixels or in the features of a network pretrained on all training classes
/// (Ravi and Larochelle 2017, section 5.1).
public struct NearestNeighbor: Learner {
  static let description = AlgorithmDescription(
    name: "nearest-neighbor", summary: "the class of the nearest support example",
    reference: "Ravi, Larochelle 2017, baseline",
    classification: settings, regression: nil, trainsOn: .examples,
    variesBy: { $0[features] == .pixels ? .nothing : .training }
  ) { try NearestNeighbor($0, $1) }

  /// nil for pixels.
  let pretraining: Pretraining?
  /// The pretrained network without the layer on top.
  let body: (any Network)?
  let policy: BatchNormPolicy

  /// What distances are measured in.
  enum Features: String, SettingChoice { case pixels, pretrained }

  static let features = Setting("features", Features.pixels, "what distances are measured in")
  static let settings: [SettingDescription] =
    .of(features) + Pretraining.settings + MAML.networkSettings

  init(_ settings: Settings, _ problem: Problem) throws {
    policy = problem.batchNorm
    guard settings[Self.features] == .pretrained else {
      (pretraining, body) = (nil, nil)
      return
    }
    pretraining = Pretraining(
      network: try problem.network(settings, top: .trainingClasses), settings)
    body = try problem.network(settings, top: .none)
  }

  public var adaptationSteps: Int? { 0 }

  public var parameters: [ParameterDescription] { pretraining?.network.parameters ?? [] }

  public func initialState(from random: RandomStream) -> LearnerState {
    pretraining.map { LearnerState(untrained: $0.network, from: random) } ?? .empty
  }

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    pretraining?.updated(state, iteration: iteration, on: tasks) ?? (state, 0)
  }

  public func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let embedding = body.map {
      Embedding(network: $0, state: state.restricted(to: $0), policy: policy, support: support)
    }
    return NeighborPredictor(support: support, embedding: embedding)
  }
}

private struct NeighborPredictor: Predictor {
  let support: Examples
  /// nil for pixels.
  let embedding: Embedding?

  /// The logit of a class is minus the squared distance of its nearest support example.
  func predictions(for inputs: Tensor) -> [Tensor] {
    guard case .classes(let labels, let way) = support.targets else {
      preconditionFailure("neighbours need classes")
    }
    let distances = negativeSquaredDistances(
      embedding?.query(inputs) ?? pixels(inputs), embedding?.support ?? pixels(support.inputs))
    let queries = distances.shape[0]
    let logits = Tensor([queries, way]) { out in
      out.initialize(repeating: -.infinity)
      distances.withElements { distances in
        for query in 0..<queries {
          for (example, label) in labels.enumerated() {
            let place = query * way + label
            out[place] = max(out[place], distances[query * labels.count + example])
          }
        }
      }
    }
    return [logits]
  }

  /// Vectors as they are, images as vectors: `[examples, features]`.
  private func pixels(_ inputs: Tensor) -> Tensor {
    guard inputs.shape.rank == 4 else { return inputs }
    return inputs.reshaped([inputs.shape[0], inputs.count / inputs.shape[0]])
  }
}
