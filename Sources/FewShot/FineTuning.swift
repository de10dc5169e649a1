import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// The fine-tuning baseline: a network pretrained on all training classes gets a new last layer, which
/// begins at zero, and on each episode's support set all of it is trained (Ravi and Larochelle 2017,
/// section 5.1) or the new layer alone (Chen et al. 2019, section 3.2). For regression the jointly
/// pretrained network is trained on (Finn et al. 2017, section 5.1 and figure 2).
public struct FineTuning: Learner {
  static let description = AlgorithmDescription(
    name: "fine-tuning", summary: "a pretrained network fine-tuned on each support set",
    reference: "Ravi, Larochelle 2017, baseline; Finn, Abbeel, Levine 2017, figure 2",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    trainsOn: .examples, diagnostics: Diagnostic.ofSupport
  ) { try FineTuning($0, $1) }

  let pretraining: Pretraining
  /// The pretrained network without the layer on top, where it stays as it is.
  private let features: (any Network)?
  /// Trains on each support set.
  private let loop: InnerLoop
  /// How many of its parameters, of the first, are pretrained; the others begin at zero.
  private let pretrained: Int
  let steps: Int
  let policy: BatchNormPolicy

  /// What is trained on each support set.
  private enum Layers: String, SettingChoice { case head, all }

  static func settings(isRegression: Bool) -> [SettingDescription] {
    .of(rate.with(isRegression ? 0.02 : 0.1), rateDecay, steps) + Pretraining.settings
      + (isRegression ? [] : .of(layers) + MAML.networkSettings)
  }

  static let rate = Setting("rate", 0.1, "step size of fine-tuning")
  private static let rateDecay = Setting(
    "rateDecay", 1.0, isLater: true, "factor of the step size after every step")
  static let steps = Setting("steps", 10, atLeast: 1, atMost: 1000, "fine-tuning steps")
  private static let layers = Setting(
    "layers", Layers.head, isLater: true,
    "what is fine-tuned: the new last layer alone, or all of the network with it")

  init(_ settings: Settings, _ problem: Problem) throws {
    pretraining = Pretraining(
      network: try problem.network(settings, top: .trainingClasses), settings)
    let network: any Network
    if problem.isRegression {
      (features, network) = (nil, pretraining.network)
      pretrained = network.parameters.count
    } else {
      let body = try problem.network(settings, top: .none)
      switch settings[Self.layers] {
      case .head:
        features = body
        network = LinearLayer(inputs: body.outputWidth, outputs: problem.outputs)
        pretrained = 0
      case .all:
        (features, network) = (nil, try problem.network(settings))
        pretrained = body.parameters.count
      }
    }
    loop = InnerLoop(
      network: network,
      rule: GradientDescent(rate: Float(settings[Self.rate]), decay: Float(settings[Self.rateDecay])))
    steps = settings[Self.steps]
    policy = problem.batchNorm
  }

  public var adaptationSteps: Int? { steps }

  public var parameters: [ParameterDescription] { pretraining.network.parameters }

  public func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: pretraining.network, from: random)
  }

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    pretraining.updated(state, iteration: iteration, on: tasks)
  }

  public func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let new = loop.network.parameters.dropFirst(pretrained).map { Tensor.zeros($0.shape) }
    let start = Array(state.parameters.prefix(pretrained)) + new
    guard let features else {
      return loop.adapted(
        from: start, running: state.running, on: support, steps: steps, policy: policy, noise: noise)
    }
    let embedding = Embedding(
      network: features, state: state.restricted(to: features), policy: policy, support: support)
    return AdaptedPredictor(
      adapted: loop.adapted(
        from: start, running: [],
        on: Examples(inputs: embedding.support, targets: support.targets), steps: steps,
        policy: policy, noise: noise),
      embedding: embedding, more: { _ in [] })
  }
}
