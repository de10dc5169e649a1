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
/// Without context f and g are one embedding; with it they see the whole support (``ContextEmbedding``).
package struct MatchingNets: Learner {
  static let description = AlgorithmDescription(
    name: "matching-nets", summary: "attention over the support examples' embeddings",
    reference: "Vinyals et al. 2016", classification: settings, regression: nil, trainsOn: .episode
  ) { try MatchingNets($0, $1) }

  /// Whether embeddings see the whole support set.
  private enum Context: String, SettingChoice { case none, full }

  private static let metaRate = Setting("metaRate", 0.001, "step size of Adam")
  private static let halveEvery = Setting(
    "halveEvery", 2000, atLeast: 1, "episodes after which the step size is halved")
  private static let distance = Setting(
    "distance", Distance.cosine, "cosine similarity as in the paper, or squared Euclidean distance")
  private static let distanceScale = Setting(
    "distanceScale", 1.0, "factor of likeness before the softmax; cosines of 1 train slowly")
  private static let context = Setting(
    "context", Context.none, "whether embeddings see the whole support set (full context embeddings)")
  private static let reads = Setting(
    "reads", 5, atLeast: 1, "how often a query reads the support set, with context")
  private static let settings: [SettingDescription] =
    .of(
      metaRate, halveEvery, TrainingKeys.way.with(20), TrainingKeys.query.with(5), distance,
      distanceScale, context, reads) + MAML.networkSettings

  private let network: any Network
  private let context: ContextEmbedding?
  private let distance: Distance
  private let distanceScale: Float
  private let metaRate: Double
  private let halveEvery: Int
  private let training: EpisodeShape
  private let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings, .maxPool, top: .none)
    context =
      settings[Self.context] == .full
      ? ContextEmbedding(features: network.outputWidth, reads: settings[Self.reads]) : nil
    distance = settings[Self.distance]
    distanceScale = Float(settings[Self.distanceScale])
    metaRate = settings[Self.metaRate]
    halveEvery = settings[Self.halveEvery]
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

  package var adaptationSteps: Int? { 0 }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let episode = tasks.episode(training, iteration: iteration)
    let (gradient, loss, moments) = gradient(
      state.parameters, on: episode, noise: tasks.noise(iteration: iteration))
    let rate = metaRate * Double(sign: .plus, exponent: -(iteration / halveEvery), significand: 1)
    return (state.stepped(against: gradient, rate: rate, moments: moments), loss)
  }

  /// The gradient of an episode's loss. Support and query pass the embedding as one batch.
  package func gradient(_ parameters: [Tensor], on episode: Episode, noise: RandomStream)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = parts.split(θ)
      let images = Tensor.concatenated([episode.support.inputs, episode.query.inputs], along: 0)
      let all = network(w[0], images, normalization: .batch)
      let split = episode.support.count
      let support = inContext(all.output.slice(0, 0..<split), w, noise)
      let logits = logits(
        of: all.output.slice(0, split..<images.shape[0]), support, episode.support.targets, w)
      let loss = episode.query.targets.loss(logits)
      return (
        Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar, all.moments
      )
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
    let groups = sorted.reshaped([queries, way, shot])
    // The largest of each group, as a constant, keeps exponentials from vanishing.
    let largest = Tensor([queries, way, 1]) { out in
      groups.withElements { all in
        for group in out.indices { out[group] = all[group * shot..<(group + 1) * shot].max()! }
      }
    }
    let sums = (groups - largest).exp().summed(to: [queries, way, 1])
    return (sums.log() + largest).reshaped([queries, way])
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let w = parts.split(state.parameters)
    let embedding = Embedding(
      network: network, parameters: w[0], running: state.running, policy: policy, support: support)
    return AttentionPredictor(
      learner: self, embedding: embedding, support: inContext(embedding.support, w, noise),
      targets: support.targets, parameters: w)
  }
}

/// Scores queries by their attention to the support examples of each class.
private struct AttentionPredictor: Predictor {
  let learner: MatchingNets
  let embedding: Embedding
  let support: Tensor
  let targets: Targets
  let parameters: [[Tensor]]

  func predictions(for inputs: Tensor) -> [Tensor] {
    [learner.logits(of: embedding.query(inputs), support, targets, parameters)]
  }
}
