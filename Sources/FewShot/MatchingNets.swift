import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// Matching networks: a query has the classes of the support examples that it is like
/// (Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016).
///
///     p(y = k | q, S) = Σᵢ a(q, xᵢ) 1(yᵢ = k)        a = softmax over i of α likeness(f(q, S), g(xᵢ, S))
///                                                     (equation 1 and section 2.1.1)
///     f, g ← Adam(f, g; mean of −log p(y | q, S))
///
/// Without context f and g are one embedding; with it they see the whole support (``ContextEmbedding``). At test
/// all of it may be fine-tuned on the support set, whose examples are then their own queries, by gradient descent
/// (section 4.1: the paper does not say by which loss).
package struct MatchingNets: Learner {
  static let description = AlgorithmDescription(
    name: "matching-nets", summary: "attention over the support examples' embeddings",
    reference: "Vinyals et al. 2016", classification: settings, regression: nil, trainsOn: .episode
  ) { try MatchingNets($0, $1) }

  /// Whether embeddings see the whole support set.
  private enum Context: String, SettingChoice { case none, full }

  private static let distance = Setting(
    "distance", Distance.cosine, "cosine similarity as in the paper, or squared Euclidean distance")
  private static let distanceScale = Setting(
    "distanceScale", 1.0, "factor of likeness before the softmax; cosines of 1 train slowly")
  private static let context = Setting(
    "context", Context.none, "whether embeddings see the whole support set (full context embeddings)")
  private static let reads = Setting(
    "reads", 5, atLeast: 1, atMost: 1000, "how often a query reads the support set, with context")
  private static let fineTuningSteps = Setting("fineTuningSteps", 0, atMost: 1000, "gradient steps on the support set at test")
  private static let fineTuningRate = Setting("fineTuningRate", 0.01, "step size of those")
  private static let settings: [SettingDescription] =
    .of(
      HalvedRate.metaRate, HalvedRate.halveEvery, TrainingKeys.way.with(20), TrainingKeys.query.with(5),
      distance, distanceScale, context, reads, fineTuningSteps, fineTuningRate) + MAML.networkSettings

  private let network: any Network
  private let context: ContextEmbedding?
  private let distance: Distance
  private let distanceScale: Float
  private let rate: HalvedRate
  private let fineTuningSteps: Int
  private let fineTuningRate: Float
  private let training: EpisodeShape
  private let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings, .maxPool, top: .none)
    context =
      settings[Self.context] == .full
      ? ContextEmbedding(features: network.outputWidth, reads: settings[Self.reads]) : nil
    distance = settings[Self.distance]
    distanceScale = Float(settings[Self.distanceScale])
    rate = HalvedRate(settings)
    fineTuningSteps = settings[Self.fineTuningSteps]
    fineTuningRate = Float(settings[Self.fineTuningRate])
    training = settings.trainingShape(problem.training)
    policy = problem.batchNorm
  }

  // MARK: What is learned

  private var parts: NetworkGroup {
    guard let context else { return NetworkGroup(["embedding": network]) }
    return NetworkGroup([
      "embedding": network, "forwards": context.forwards, "backwards": context.backwards,
      "reader": context.reader,
    ])
  }

  package var parameters: [ParameterDescription] { parts.parameters }

  package func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: parts, from: random)
  }

  package var adaptationSteps: Int? { fineTuningSteps }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let episode = tasks.episode(training, iteration: iteration)
    let (gradient, loss, moments) = gradient(
      state.parameters, on: episode, noise: tasks.noise(iteration: iteration))
    return (state.stepped(against: gradient, rate: rate.at(iteration), moments: moments), loss)
  }

  /// The gradient of an episode's loss.
  package func gradient(_ parameters: [Tensor], on episode: Episode, noise: RandomStream)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = parts.split(θ)
      let z = episode.embedded(by: network, w[0])
      let logits = logits(of: z.query, inContext(z.support, w, noise), episode.support.targets, w)
      let loss = episode.query.targets.loss(logits)
      return (Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar, z.moments)
    }
  }

  /// g(xᵢ, S) for all of the support: `[examples, features]`.
  func inContext(_ support: Tensor, _ w: [[Tensor]], _ noise: RandomStream) -> Tensor {
    guard let context else { return support }
    var random = noise.child("order of the support").generator()
    let order = random.permutation(of: support.shape[0])
    return context.support(support, in: order, (w[1], w[2]))
  }

  /// log p(y = k | q, S) but for a constant of each query: `[queries, way]`.
  func logits(of query: Tensor, _ support: Tensor, _ targets: Targets, _ w: [[Tensor]]) -> Tensor {
    let f = context.map { $0.query(query, reading: support, w[3]) } ?? query
    return byClass(distance.likeness(f, support) * distanceScale, targets)
  }

  /// The logarithm of the sum of exponentials over the examples of each class: `[queries, way]`.
  ///
  /// - Precondition: All classes have as many examples.
  private func byClass(_ likeness: Tensor, _ targets: Targets) -> Tensor {
    guard case .classes(let labels, let way) = targets else { preconditionFailure("attention needs classes") }
    let (queries, shot) = (likeness.shape[0], labels.count / way)
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    let sorted = likeness.product(.oneHot(order, classes: labels.count), transposingOther: true)
    guard shot > 1 else { return sorted }
    return sorted.reshaped([queries, way, shot]).logSumExp().reshaped([queries, way])
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    var parameters = state.parameters
    var stages = [stage(parameters, state.running, support, noise)]
    for _ in 0..<fineTuningSteps {
      parameters = fineTuned(parameters, state.running, on: support, noise)
      stages.append(stage(parameters, state.running, support, noise))
    }
    return AttentionPredictor(learner: self, targets: support.targets, stages: stages)
  }

  /// What the support set looks like to some parameters.
  private func stage(
    _ parameters: [Tensor], _ running: [Moments], _ support: Examples, _ noise: RandomStream
  ) -> Stage {
    let w = parts.split(parameters)
    let embedding = Embedding(
      network: network, parameters: w[0], running: running, policy: policy, support: support)
    return Stage(embedding: embedding, support: inContext(embedding.support, w, noise), parameters: w)
  }

  /// Parameters after one more step, in which the support's examples are their own queries.
  private func fineTuned(
    _ parameters: [Tensor], _ running: [Moments], on support: Examples, _ noise: RandomStream
  ) -> [Tensor] {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let stage = stage(θ, running, support, noise)
      let logits = logits(of: stage.embedding.support, stage.support, support.targets, stage.parameters)
      let gradient = Tensors.gradient(of: support.targets.loss(logits), at: θ, releasing: true)
      return zip(θ, gradient).map { ($0.detached - $1.detached * fineTuningRate) }
    }
  }

  /// A support set after some number of fine-tuning steps.
  fileprivate struct Stage: Sendable {
    let embedding: Embedding
    /// Its embeddings, in context where there is one.
    let support: Tensor
    /// Those of each part.
    let parameters: [[Tensor]]
  }
}

/// Scores queries by their attention to the support examples of each class.
private struct AttentionPredictor: Predictor {
  let learner: MatchingNets
  let targets: Targets
  let stages: [MatchingNets.Stage]

  func predictions(for inputs: Tensor) -> [Tensor] {
    stages.map { learner.logits(of: $0.embedding.query(inputs), $0.support, targets, $0.parameters) }
  }
}
