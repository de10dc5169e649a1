import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A conditional neural process that classifies: a network that is told what each class has in common, and names
/// the class of a query (Garnelo et al. 2018, section 4.3).
///
///     rₙ     = mean of h(x) over the support of class n
///     p(y|q) = softmax(g(h(q), r₁, ..., r_way))
///     h, g ← Adam, of the mean cross-entropy over queries
///
/// Nothing compares: g has to learn that a query goes with the class whose place its features are repeated in. Whoever
/// is at which place is redrawn in every episode.
///
/// The paper gives no layers. Here h is the four blocks of matching networks, the same for support and query, and g
/// has two hidden layers.
package struct ConditionalProcess: Learner {
  static let description = AlgorithmDescription(
    name: "cnp", summary: "a network that is told the mean embedding of each class",
    reference: "Garnelo et al. 2018, Conditional neural processes", classification: settings, regression: nil
  ) { try ConditionalProcess($0, $1) }

  private static let hidden = Setting("hidden", 256, atLeast: 1, "units of each hidden layer of the decoder")
  private static let metaRate = Setting("metaRate", 0.001, "step size of Adam")
  private static let settings: [SettingDescription] = .of(hidden, metaRate, Problem.network, Problem.filters)

  private let embedding: any Network
  private let decoder: MLP
  private let metaRate: Double
  private let problem: Problem

  init(_ settings: Settings, _ problem: Problem) throws {
    embedding = try problem.network(settings, .maxPool, top: .none)
    let (features, hidden) = (embedding.outputWidth, settings[Self.hidden])
    decoder = MLP(
      widths: [features * (1 + problem.training.way), hidden, hidden, problem.training.way], initialDeviation: nil)
    metaRate = settings[Self.metaRate]
    self.problem = problem
  }

  // MARK: What is learned

  private var networks: NetworkGroup { NetworkGroup(["embedding": embedding, "decoder": decoder]) }

  package var parameters: [ParameterDescription] { networks.parameters }

  package var adaptationSteps: Int? { 0 }

  package func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: networks, from: random)
  }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let episodes = (0..<problem.metaBatch).map {
      tasks.episode(problem.training, iteration: iteration, index: $0)
    }
    let (gradient, loss, moments) = gradient(state.parameters, on: episodes)
    return (state.stepped(against: gradient, rate: metaRate, moments: moments), loss)
  }

  /// The gradient of the mean loss of equally large episodes, whose images are normalized together: statistics of a
  /// single one would tell of its classes.
  package func gradient(_ parameters: [Tensor], on episodes: [Episode])
    -> (gradient: [Tensor], loss: Float, moments: [Moments])
  {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let w = networks.split(θ)
      let support = Examples(sideBySide: episodes.map(\.support))
      let query = Examples(sideBySide: episodes.map(\.query))
      let z = Episode(support: support, query: query).embedded(by: embedding, w[0])
      let told = prototypes(z.support, of: support.targets)
      let logits = logits(z.query, told: told.reshaped([episodes.count, told.count / episodes.count]), w[1])
      let loss = query.targets.within(episodes.count).loss(logits)
      return (
        Tensors.gradient(of: loss, at: θ, releasing: true).map(\.detached), loss.scalar, z.moments
      )
    }
  }

  /// g of queries `[queries, features]`, with what was told of each episode's classes, `[episodes, way * features]`:
  /// `[queries, way]`. As many queries are of each episode.
  fileprivate func logits(_ queries: Tensor, told: Tensor, _ w: [Tensor]) -> Tensor {
    let ofEach = told.repeatingEachRow(queries.shape[0] / told.shape[0])
    return decoder(w, .concatenated([queries, ofEach], along: 1)).output
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let (w, running) = (networks.split(state.parameters), networks.split(state.running))
    let embedding = Embedding(
      network: embedding, parameters: w[0], running: running[0], policy: problem.batchNorm, support: support)
    let classes = prototypes(embedding.support, of: support.targets)
    return ProcessPredictor(
      learner: self, embedding: embedding, told: classes.reshaped([1, classes.count]), decoder: w[1])
  }
}

/// Names the classes of queries.
private struct ProcessPredictor: Predictor {
  let learner: ConditionalProcess
  let embedding: Embedding
  let told: Tensor
  let decoder: [Tensor]

  func predictions(for inputs: Tensor) -> [Tensor] {
    [learner.logits(embedding.query(inputs), told: told, decoder)]
  }
}

extension Examples {
  /// The examples of several tasks as those of one, in which each task's classes are classes of their own.
  fileprivate init(sideBySide tasks: [Examples]) {
    var (all, count) = ([Int](), 0)
    for task in tasks {
      guard case .classes(let labels, let way) = task.targets else { preconditionFailure("classes are put side by side") }
      all += labels.map { $0 + count }
      count += way
    }
    self.init(inputs: .concatenated(tasks.map(\.inputs), along: 0), targets: .classes(all, of: count))
  }
}

extension Targets {
  /// The classes of tasks that were put side by side, each as it is called in its own.
  fileprivate func within(_ tasks: Int) -> Targets {
    guard case .classes(let labels, let count) = self else { preconditionFailure("classes are put side by side") }
    let way = count / tasks
    return .classes(labels.map { $0 % way }, of: way)
  }
}
