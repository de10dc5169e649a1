import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// NIL, "no inner loop": the features of a trained MAML or ANIL without its last layer; queries get the
/// labels of the support examples that they resemble (Raghu et al. 2020, section 5).
///
///     a(x, s) = softmax over the support of cos(f(x), f(s))
///     p(y = k | x) = Σ of a(x, s) over the support of class k
struct NIL: Learner {
  static let description = AlgorithmDescription(
    name: "nil", summary: "features of a MAML, and cosine similarity instead of its last layer",
    reference: "Raghu et al. 2020, section 5", classification: settings, regression: nil,
    variesBy: { $0[training] == .none ? .initialization : .training }
  ) { try NIL($0, $1) }

  private static let settings: [SettingDescription] =
    .of(training) + MAML.settings(isRegression: false)

  private enum Training: String, SettingChoice { case maml, anil, none }

  private static let training = Setting(
    "training", Training.maml,
    "what the features are learned by; none: they stay as they are initialized")

  /// What is trained: the features, and after them a last layer that is not used.
  private let trained: MAML
  private let features: any Network
  private let policy: BatchNormPolicy
  let isTrained: Bool

  init(_ settings: Settings, _ problem: Problem) throws {
    let training = settings[Self.training]
    features = try problem.network(settings, top: .none)
    trained =
      training == .anil
      ? try ANIL.maml(settings, problem)
      : MAML(
        InnerLoop(
          network: try problem.network(settings),
          rule: GradientDescent(rate: Float(settings[MAML.innerRate])), objective: settings.objective),
        settings, problem)
    isTrained = training != .none
    policy = problem.batchNorm
  }

  var adaptationSteps: Int? { 0 }

  var parameters: [ParameterDescription] { trained.parameters }

  func initialState(from random: RandomStream) -> LearnerState { trained.initialState(from: random) }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    trained.updated(state, iteration: iteration, on: tasks)
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    SimilarityPredictor(
      embedding: Embedding(
        network: features, state: state.restricted(to: features), policy: policy, support: support),
      targets: support.targets)
  }
}

private struct SimilarityPredictor: Predictor {
  let embedding: Embedding
  /// Of the support set.
  let targets: Targets

  func predictions(for inputs: Tensor) -> [Tensor] {
    guard case .classes(let labels, let way) = targets else {
      preconditionFailure("similarities need classes")
    }
    let attention = Distance.cosine.likeness(embedding.query(inputs), embedding.support).softmax()
    let isOfClass = Tensor([labels.count, way]) { out in
      out.initialize(repeating: 0)
      for (example, label) in labels.enumerated() { out[example * way + label] = 1 }
    }
    return [attention.product(isOfClass).log()]
  }
}
