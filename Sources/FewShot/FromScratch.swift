import Episodes
import Kinds
import Networks
import Randomness

/// Gradient descent from random parameters on each support set alone: what is there without learning
/// to learn (Ravi and Larochelle 2017, section 1).
struct FromScratch: Learner {
  static let description = AlgorithmDescription(
    name: "from-scratch", summary: "an untrained network trained on each support set alone",
    reference: "Ravi, Larochelle 2017, section 1", classification: settings(isRegression: false),
    regression: settings(isRegression: true), diagnostics: Diagnostic.ofSupport,
    variesBy: { _ in .initialization }
  ) { try FromScratch($0, $1) }

  private static let rate = Setting("rate", 0.1, "step size")
  private static let steps = Setting("steps", 10, atLeast: 1, atMost: 1000, "steps on the support set")

  private static func settings(isRegression: Bool) -> [SettingDescription] {
    .of(rate.with(isRegression ? 0.01 : 0.1), steps)
      + (isRegression ? .of(Problem.regressionNetwork) : MAML.networkSettings)
  }

  private let loop: InnerLoop
  private let steps: Int
  private let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    loop = InnerLoop(
      network: try problem.network(settings),
      rule: GradientDescent(rate: Float(settings[Self.rate])))
    steps = settings[Self.steps]
    policy = problem.batchNorm
  }

  var adaptationSteps: Int? { steps }

  var parameters: [ParameterDescription] { loop.network.parameters }

  var isTrained: Bool { false }

  func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: loop.network, from: random)
  }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    preconditionFailure("there is nothing to train")
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    loop.adapted(
      from: state.parameters, running: state.running, on: support, steps: steps, policy: policy,
      noise: noise)
  }
}
