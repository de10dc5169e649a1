import Episodes
import Kinds
import Networks
import Optimizers
import Randomness
import Tensors

/// Relation networks: how alike a query and a class are is learned, too (Sung et al. 2018, section 3).
///
///     r(k, q) = g(C(Σ f(x) over the support of class k, f(q)))     in 0...1    (equation 1, and "K-shot")
///     loss    = mean of (r(k, q) − 1(k is the class of q))²                    (equation 2)
///     f, C, g ← Adam(f; gradient scaled down to a norm of `clip`), and so for C and g
///
/// Clipping and the halving of the step size are those of the authors' code. There, the first two convolutions have
/// no padding, which makes maps of 5 x 5 where these are of 7 x 7, and networks begin with other random numbers.
package struct RelationNets: Learner {
  static let description = AlgorithmDescription(
    name: "relation-nets", summary: "a learned comparison of each query with each class",
    reference: "Sung et al. 2018", classification: settings, regression: nil, trainsOn: .episode
  ) { try RelationNets($0, $1) }

  private static let hidden = Setting(
    "hidden", 8, atLeast: 1, "units between the maps of a pair and its relation")
  private static let clip = Setting("clip", 0.5, "the largest norm of a network's gradient; 0 for any")
  private static let settings: [SettingDescription] =
    .of(
      HalvedRate.metaRate, HalvedRate.halveEvery.with(100_000), TrainingKeys.way.with(5),
      TrainingKeys.query.with(19), hidden, clip, Problem.filters)

  /// Four blocks, of which the last two leave images as large as they are.
  private let embedding: ConvNet
  /// Looks at the maps of a class and of a query, one behind the other.
  private let comparison: ConvNet
  /// From there to one number.
  private let head: MLP
  private let rate: HalvedRate
  private let clip: Double
  private let training: EpisodeShape
  private let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    guard case .images(let channels, let height, let width) = problem.inputKind, min(height, width) >= 16 else {
      throw AlgorithmError.invalidSettings(
        "relation-nets compares maps of images, which are pooled four times: of 16 x 16 pixels or more.")
    }
    let filters = settings[Problem.filters]
    embedding = ConvNet(
      channels: channels, height: height, width: width, filters: filters,
      blocks: [.maxPool, .maxPool, .none, .none], readout: .maps, outputs: nil)
    comparison = ConvNet(
      channels: 2 * filters, height: embedding.mapSize.height, width: embedding.mapSize.width,
      filters: filters, blocks: [.maxPool, .maxPool], readout: .flatten, outputs: nil)
    head = MLP(widths: [comparison.outputWidth, settings[Self.hidden], 1])
    rate = HalvedRate(settings)
    clip = settings[Self.clip]
    training = settings.trainingShape(problem.training)
    policy = problem.batchNorm
  }

  // MARK: What is learned

  private var networks: NetworkGroup {
    NetworkGroup(["embedding": embedding, "comparison": comparison, "head": head])
  }

  package var parameters: [ParameterDescription] { networks.parameters }

  package var adaptationSteps: Int? { 0 }

  package func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: networks, from: random)
  }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let (gradient, loss, moments) = gradient(
      state.parameters, on: tasks.episode(training, iteration: iteration))
    return (state.stepped(against: clippedApart(gradient), rate: rate.at(iteration), moments: moments), loss)
  }

  /// The gradient of the embedding and that of what compares, each scaled down to the norm `clip`.
  private func clippedApart(_ gradient: [Tensor]) -> [Tensor] {
    let split = embedding.parameters.count
    return clipped(Array(gradient[..<split]), toNorm: clip)
      + clipped(Array(gradient[split...]), toNorm: clip)
  }

  /// The gradient of an episode's loss.
  package func gradient(_ parameters: [Tensor], on episode: Episode)
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = networks.split(θ)
      let maps = episode.embedded(by: embedding, w[0])
      let pairs = pairs(maps.support, of: episode.support.targets, with: maps.query)
      let truth = truth(episode.query.targets)
      let r = relations(pairs, (w[1], w[2]), way: truth.shape[1], .batch)
      let loss = (r.output - truth).squared().mean()
      return (
        Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar,
        maps.moments + r.moments
      )
    }
  }

  /// Every query behind every class: `[queries * way, height, width, 2 * filters]`.
  fileprivate func pairs(_ support: Tensor, of targets: Targets, with query: Tensor) -> Tensor {
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

  /// The relation score of each pair, in 0...1: `[queries, way]`, and the statistics of the comparing network.
  fileprivate func relations(
    _ pairs: Tensor, _ w: (comparison: [Tensor], head: [Tensor]), way: Int, _ normalization: Normalization
  ) -> (output: Tensor, moments: [Moments]) {
    let compared = comparison(w.comparison, pairs, normalization: normalization)
    let r = head(w.head, compared.output, normalization: .batch).output.logistic()
    return (r.reshaped([pairs.shape[0] / way, way]), compared.moments)
  }

  /// 1 where a query is of the class, 0 elsewhere: `[queries, way]`.
  private func truth(_ targets: Targets) -> Tensor {
    guard case .classes(let labels, let way) = targets else { preconditionFailure("relations need classes") }
    return .oneHot(labels, classes: way)
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let (w, running) = (networks.split(state.parameters), networks.split(state.running))
    return RelationPredictor(
      learner: self, support: support.targets,
      embedding: Embedding(
        network: embedding, parameters: w[0], running: running[0], policy: policy, support: support),
      parameters: (w[1], w[2]), normalization: policy == .running ? .given(running[1]) : .batch)
  }
}

/// Scores queries by their relations to the classes.
private struct RelationPredictor: Predictor {
  let learner: RelationNets
  let support: Targets
  let embedding: Embedding
  let parameters: (comparison: [Tensor], head: [Tensor])
  let normalization: Normalization

  func predictions(for inputs: Tensor) -> [Tensor] {
    guard case .classes(_, let way) = support else { preconditionFailure("relations need classes") }
    let pairs = learner.pairs(embedding.support, of: support, with: embedding.query(inputs))
    return [learner.relations(pairs, parameters, way: way, normalization).output]
  }
}
