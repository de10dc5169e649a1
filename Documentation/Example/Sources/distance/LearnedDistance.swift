import Episodes
import FewShot
import Kinds
import Networks
import Randomness
import Tensors

/// Prototypical networks (Snell et al. 2017) whose distance is learned, too: a small network says from the squares
/// of what differs how alike a query and a class are.
///
///     cₖ = mean of f(x) over the support of class k
///     p(y = k | x) = softmax over k of g((f(x) − cₖ)², feature by feature)
struct LearnedDistance: Learner {
  static let filters = Setting("filters", 64, atLeast: 1, "filters of each convolution")
  static let hidden = Setting("hidden", 32, atLeast: 1, "hidden units of the distance")
  static let metaRate = Setting("metaRate", 0.001, "step size of Adam")

  let embedding: ConvNet
  /// From the differences of features to one number.
  let likeness: MLP
  let metaRate: Double
  let training: EpisodeShape
  let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    guard case .images(let channels, let height, let width) = problem.inputKind else {
      throw AlgorithmError.invalidSettings("learned-distance looks at images.")
    }
    let filters = settings[Self.filters]
    embedding = ConvNet(
      channels: channels, height: height, width: width, filters: filters,
      blocks: [.maxPool, .maxPool, .maxPool, .none], readout: .flatten, outputs: nil)
    likeness = MLP(widths: [embedding.outputWidth, settings[Self.hidden], 1])
    metaRate = settings[Self.metaRate]
    training = problem.training
    policy = problem.batchNorm
  }

  // MARK: What is learned

  private var networks: NetworkGroup {
    NetworkGroup(["embedding": embedding, "likeness": likeness])
  }

  var parameters: [ParameterDescription] { networks.parameters }

  func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: networks, from: random)
  }

  // MARK: Training

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let (gradient, loss, moments) = gradient(
      state.parameters, on: tasks.episode(training, iteration: iteration))
    return (state.stepped(against: gradient, rate: metaRate, moments: moments), loss)
  }

  /// The gradient of an episode's loss.
  private func gradient(_ parameters: [Tensor], on episode: Episode)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = networks.split(θ)
      let z = episode.embedded(by: embedding, w[0])
      let classes = prototypes(z.support, of: episode.support.targets)
      let loss = episode.query.targets.loss(scores(z.query, classes, w[1]))
      return (Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar, z.moments)
    }
  }

  /// How alike every query and every class are: `[queries, way]`.
  func scores(_ query: Tensor, _ classes: Tensor, _ w: [Tensor]) -> Tensor {
    let (queries, way, features) = (query.shape[0], classes.shape[0], query.shape[1])
    let differences =
      query.reshaped([queries, 1, features]).repeated(to: [queries, way, features])
      - classes.reshaped([1, way, features])
    let pairs = differences.squared().reshaped([queries * way, features])
    return likeness(w, pairs, normalization: .batch).output.reshaped([queries, way])
  }

  // MARK: Test

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let (w, running) = (networks.split(state.parameters), networks.split(state.running))
    let embedding = Embedding(
      network: embedding, parameters: w[0], running: running[0], policy: policy, support: support)
    return DistancePredictor(
      learner: self, embedding: embedding, classes: prototypes(embedding.support, of: support.targets),
      likeness: w[1])
  }
}

/// Scores queries by how alike they and the classes are.
private struct DistancePredictor: Predictor {
  let learner: LearnedDistance
  let embedding: Embedding
  let classes: Tensor
  let likeness: [Tensor]

  func predictions(for inputs: Tensor) -> [Tensor] {
    [learner.scores(embedding.query(inputs), classes, likeness)]
  }
}
