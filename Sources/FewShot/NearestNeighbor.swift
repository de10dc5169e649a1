import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// The nearest-neighbour baseline: a query gets the class of the support example, or of the class's mean, that is
/// nearest, in pixels or in the features of a network pretrained on all training classes
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
  private let distance: Distance
  private let neighbors: Neighbors

  /// The space in which distances are measured.
  enum Features: String, SettingChoice { case pixels, pretrained }
  /// What may be nearest.
  private enum Neighbors: String, SettingChoice {
    case examples
    case means = "class-means"
  }

  static let features = Setting("features", Features.pixels, "what distances are measured in")
  private static let distance = Setting(
    "distance", Distance.euclidean, isLater: true, "squared Euclidean distance, or cosine similarity")
  private static let neighbors = Setting(
    "neighbors", Neighbors.examples, isLater: true,
    "what may be nearest: every support example, or the mean of each class")
  static let settings: [SettingDescription] =
    .of(features, distance, neighbors) + Pretraining.settings + MAML.networkSettings

  init(_ settings: Settings, _ problem: Problem) throws {
    policy = problem.batchNorm
    distance = settings[Self.distance]
    neighbors = settings[Self.neighbors]
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
    guard case .classes(let labels, let way) = support.targets else {
      preconditionFailure("neighbours need classes")
    }
    let points = embedding?.support ?? support.inputs.flattened()
    return neighbors == .means
      ? NeighborPredictor(
        points: prototypes(points, of: support.targets), labels: Array(0..<way), way: way, distance: distance,
        embedding: embedding)
      : NeighborPredictor(points: points, labels: labels, way: way, distance: distance, embedding: embedding)
  }
}

private struct NeighborPredictor: Predictor {
  /// The candidate neighbours: `[points, features]`.
  let points: Tensor
  /// The class of each.
  let labels: [Int]
  let way: Int
  let distance: Distance
  /// nil for pixels.
  let embedding: Embedding?

  /// The logit of a class is the likeness of its nearest point.
  func predictions(for inputs: Tensor) -> [Tensor] {
    let likeness = distance.likeness(embedding?.query(inputs) ?? inputs.flattened(), points)
    let queries = likeness.shape[0]
    let logits = Tensor([queries, way]) { out in
      out.initialize(repeating: -.infinity)
      likeness.withElements { likeness in
        for query in 0..<queries {
          for (point, label) in labels.enumerated() {
            let place = query * way + label
            out[place] = max(out[place], likeness[query * labels.count + point])
          }
        }
      }
    }
    return [logits]
  }
}
