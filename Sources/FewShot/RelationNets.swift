import Episodes
import FewShot
import Kinds
import Networks
import Randomness
import Tensors

/// Relation networks: how alike a query and a class are is learned, too (Sung et al. 2018, section 3).
///
///     r(k, q) = g(C(Σ f(x) over the support of class k, f(q)))     in 0...1    (equation 1, and "K-shot")
///     loss    = mean of (r(k, q) − 1(k is the class of q))²                    (equation 2)
struct RelationNetworks: Learner {
  static let filters = Setting("filters", 64, atLeast: 1, "filters of each convolution")
  static let hidden = Setting("hidden", 8, atLeast: 1, "units between the maps of a pair and its relation")
  static let metaRate = Setting("metaRate", 0.001, "step size of Adam")

  /// Four blocks, of which the last two leave images as large as they are.
  let embedding: ConvNet
  /// Looks at the maps of a class and of a query, one behind the other.
  let comparison: ConvNet
  /// From there to one number.
  let head: MLP
  let metaRate: Double
  let training: EpisodeShape
  let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    guard case .images(let channels, let height, let width) = problem.inputKind else {
      throw AlgorithmError.invalidSettings("relation networks compare maps of images.")
    }
    let filters = settings[Self.filters]
    embedding = ConvNet(
      channels: channels, height: height, width: width, filters: filters,
      blocks: [.maxPool, .maxPool, .none, .none], readout: .maps, outputs: nil)
    comparison = ConvNet(
      channels: 2 * filters, height: embedding.mapSize.height, width: embedding.mapSize.width,
      filters: filters, blocks: [.maxPool, .maxPool], readout: .flatten, outputs: nil)
    head = MLP(widths: [comparison.outputWidth, settings[Self.hidden], 1])
    metaRate = settings[Self.metaRate]
    training = problem.training
    policy = problem.batchNorm
  }

  // MARK: What is learned

  private var networks: NetworkGroup {
    NetworkGroup(["embedding": embedding, "comparison": comparison, "head": head])
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

  /// The gradient of an episode's loss. Support and query pass the embedding as one batch.
  func gradient(_ parameters: [Tensor], on episode: Episode)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = networks.split(θ)
      let images = Tensor.concatenated([episode.support.inputs, episode.query.inputs], along: 0)
      let maps = embedding(w[0], images, normalization: .batch)
      let split = episode.support.count
      let pairs = pairs(
        maps.output.slice(0, 0..<split), of: episode.support.targets,
        with: maps.output.slice(0, split..<images.shape[0]))
      let compared = comparison(w[1], pairs, normalization: .batch)
      let truth = truth(episode.query.targets)
      let r = relations(compared.output, w[2], way: truth.shape[1])
      let loss = (r - truth).squared().mean()
      return (
        Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar,
        maps.moments + compared.moments
      )
    }
  }

  /// Every query behind every class: `[queries * way, height, width, 2 * filters]`.
  func pairs(_ support: Tensor, of targets: Targets, with query: Tensor) -> Tensor {
    let (height, width, filters) = (support.shape[1], support.shape[2], support.shape[3])
    let flat = support.reshaped([support.shape[0], height * width * filters])
    guard case .classes(let labels, let way) = targets else { preconditionFailure("pairs need classes") }
    // The sum over a class is its mean times its shots.
    let classes = prototypes(flat, of: targets) * (Float(labels.count) / Float(way))
    let all: Shape = [query.shape[0], way, height, width, filters]
    return Tensor.concatenated(
      [
        classes.reshaped([1, way, height, width, filters]).repeated(to: all),
        query.reshaped([query.shape[0], 1, height, width, filters]).repeated(to: all),
      ], along: 4
    ).reshaped([query.shape[0] * way, height, width, 2 * filters])
  }

  /// The relations in 0...1: `[queries, way]`.
  func relations(_ compared: Tensor, _ w: [Tensor], way: Int) -> Tensor {
    head(w, compared, normalization: .batch).output.logistic().reshaped([compared.shape[0] / way, way])
  }

  /// 1 where a query is of the class, 0 elsewhere: `[queries, way]`.
  private func truth(_ targets: Targets) -> Tensor {
    guard case .classes(let labels, let way) = targets else { preconditionFailure("relations need classes") }
    return .oneHot(labels, classes: way)
  }

  // MARK: Test

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let (w, running) = (networks.split(state.parameters), networks.split(state.running))
    return RelationPredictor(
      learner: self, support: support.targets,
      embedding: Embedding(
        network: embedding, parameters: w[0], running: running[0], policy: policy, support: support),
      comparison: w[1], head: w[2], normalization: policy == .running ? .given(running[1]) : .batch)
  }
}

/// Scores queries by their relations to the classes.
private struct RelationPredictor: Predictor {
  let learner: RelationNetworks
  let support: Targets
  let embedding: Embedding
  let comparison: [Tensor]
  let head: [Tensor]
  let normalization: Normalization

  func predictions(for inputs: Tensor) -> [Tensor] {
    guard case .classes(_, let way) = support else { preconditionFailure("relations need classes") }
    let pairs = learner.pairs(embedding.support, of: support, with: embedding.query(inputs))
    let compared = learner.comparison(comparison, pairs, normalization: normalization)
    return [learner.relations(compared.output, head, way: way)]
  }
}
