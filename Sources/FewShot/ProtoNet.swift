import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// Prototypical networks: a query belongs to the class whose mean embedding is nearest
/// (Snell, Swersky, Zemel 2017, algorithm 1).
///
///     cₖ = mean of f(x) over the support of class k
///     p(y = k | x) = softmax over k of −α ‖f(x) − cₖ‖²      (equations 1 and 2; or α cos(f(x), cₖ))
///     f ← Adam(f, mean query cross-entropy of an episode with many ways)
public struct ProtoNet: Learner {
  static let description = AlgorithmDescription(
    name: "protonet", summary: "distances to the mean embedding of each class",
    reference: "Snell, Swersky, Zemel 2017",
    classification: settings, regression: nil, trainsOn: .episode
  ) { try ProtoNet($0, $1) }

  let network: any Network
  let rate: HalvedRate
  /// Training episodes have their own way and query; the shot is the test's.
  let training: EpisodeShape
  let policy: BatchNormPolicy
  let distance: Distance
  /// α, which is 1 in the paper (Oreshkin, Rodríguez López, Lacoste 2018, section 3.1).
  let distanceScale: Float

  private static let distance = Setting(
    "distance", Distance.euclidean, isLater: true, "squared Euclidean distance, or cosine similarity")
  private static let distanceScale = Setting(
    "distanceScale", 1.0, isLater: true,
    "factor of distances before the softmax, as in TADAM; small ones keep it from saturating early")

  static let settings: [SettingDescription] =
    .of(
      HalvedRate.metaRate, HalvedRate.halveEvery, TrainingKeys.way.with(60), TrainingKeys.query.with(5), distance, distanceScale,
      Problem.initialWeights) + MAML.networkSettings

  /// Prototypical networks on any embedding.
  package init(network: any Network, training: EpisodeShape, policy: BatchNormPolicy) {
    self.network = network
    rate = HalvedRate(first: 0.001, halveEvery: 2000)
    self.training = training
    self.policy = policy
    distance = .euclidean
    distanceScale = 1
  }

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings, .maxPool, top: .none)
    rate = HalvedRate(settings)
    training = settings.trainingShape(problem.training)
    policy = problem.batchNorm
    distance = settings[Self.distance]
    distanceScale = Float(settings[Self.distanceScale])
  }

  public var adaptationSteps: Int? { 0 }

  public var parameters: [ParameterDescription] { network.parameters }

  public func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: random)
  }

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let episode = tasks.episode(training, iteration: iteration)
    let (gradient, loss, moments) = episodeGradient(state.parameters, on: episode)
    return (state.stepped(against: gradient, rate: rate.at(iteration), moments: moments), loss)
  }

  /// The gradient of an episode's loss.
  package func episodeGradient(_ parameters: [Tensor], on episode: Episode)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let z = episode.embedded(by: network, θ)
      let c = prototypes(z.support, of: episode.support.targets)
      let loss = episode.query.targets.loss(logits(z.query, c))
      return (gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar, z.moments)
    }
  }

  public func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let embedding = Embedding(network: network, state: state, policy: policy, support: support)
    return PrototypePredictor(
      learner: self, embedding: embedding,
      prototypes: prototypes(embedding.support, of: support.targets))
  }

  /// The logits of every query and class: `[queries, way]`.
  fileprivate func logits(_ q: Tensor, _ c: Tensor) -> Tensor {
    distance.likeness(q, c) * distanceScale
  }
}

/// The mean embedding of each class: `[way, features]`.
public func prototypes(_ z: Tensor, of targets: Targets) -> Tensor {
  guard case .classes(let labels, let way) = targets else {
    preconditionFailure("prototypes need classes")
  }
  var sizes = [Float](repeating: 0, count: way)
  for label in labels { sizes[label] += 1 }
  let averaging = Tensor([way, labels.count]) { out in
    out.initialize(repeating: 0)
    for (example, label) in labels.enumerated() {
      out[label * labels.count + example] = 1 / sizes[label]
    }
  }
  return averaging.product(z)
}

private struct PrototypePredictor: Predictor {
  let learner: ProtoNet
  let embedding: Embedding
  let prototypes: Tensor

  func predictions(for inputs: Tensor) -> [Tensor] {
    [learner.logits(embedding.query(inputs), prototypes)]
  }
}
