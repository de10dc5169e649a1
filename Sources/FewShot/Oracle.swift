import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// The oracle of MAML's sine figure: a network that gets each task's amplitude and phase as further
/// inputs, trained on all tasks at once (Finn et al. 2017, section 5.1); no learner from points alone
/// can be expected to do better.
///
///     θ ← Adam on L(f(x, A, p; θ)) over points of unrelated waves
///     test: φ ← θ, `steps` times: φ ← φ − α ∇L(φ; support with A and p),   α = 0 by default
///
/// Points tell it nothing that it does not know: steps on five of them only spoil its fit elsewhere.
struct Oracle: Learner {
  static let description = AlgorithmDescription(
    name: "oracle", summary: "a network that is told the amplitude and phase of its task",
    reference: "Finn, Abbeel, Levine 2017, section 5.1", classification: nil,
    regression: settings, trainsOn: .examples, diagnostics: Diagnostic.ofSupport
  ) { try Oracle($0, $1) }

  private static let rate = Setting(
    "rate", 0.0, "step size of fine-tuning; 0 for none, which an oracle does not need")
  private static let settings: [SettingDescription] = .of(rate, FineTuning.steps) + Pretraining.settings

  private let pretraining: Pretraining
  private let rate: Float
  private let steps: Int
  private let policy: BatchNormPolicy

  init(_ settings: Settings, _ problem: Problem) throws {
    guard problem.contextWidth > 0 else { throw AlgorithmError.needsContext("oracle") }
    var described = problem
    if case .vectors(let features) = problem.inputKind {
      described.inputKind = .vectors(features + problem.contextWidth)
    }
    pretraining = Pretraining(
      network: try described.network(settings), settings)
    rate = Float(settings[Self.rate])
    steps = settings[FineTuning.steps]
    policy = problem.batchNorm
  }

  var adaptationSteps: Int? { steps }

  var parameters: [ParameterDescription] { pretraining.network.parameters }

  func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: pretraining.network, from: random)
  }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    pretraining.updated(
      state, on: tasks.batch(pretraining.batch, iteration: iteration).describingTheirTasks)
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let adapted = InnerLoop(network: pretraining.network, rule: GradientDescent(rate: rate)).adapted(
      from: state.parameters, running: [], on: support.describingTheirTasks, steps: steps,
      policy: policy, noise: noise)
    return InformedPredictor(adapted: adapted, context: support.knownContext.slice(0, 0..<1))
  }
}

/// A predictor that sees what is known of the task beside each query.
private struct InformedPredictor: Predictor {
  let adapted: AdaptedNetwork
  /// Of the task: `[1, numbers]`.
  let context: Tensor

  func predictions(for inputs: Tensor) -> [Tensor] {
    let known = context.repeated(to: [inputs.shape[0], context.shape[1]])
    return adapted.predictions(for: .concatenated([inputs, known], along: 1))
  }

  func diagnostics(on queries: Tensor) -> [Diagnostic] { adapted.diagnostics(on: queries) }
}

extension Examples {
  fileprivate var knownContext: Tensor {
    guard let context else { preconditionFailure("an oracle needs a dataset that describes its tasks") }
    return context
  }

  /// The same with the known properties of each example's task added to its inputs.
  fileprivate var describingTheirTasks: Examples {
    Examples(inputs: .concatenated([inputs, knownContext], along: 1), targets: targets)
  }
}
