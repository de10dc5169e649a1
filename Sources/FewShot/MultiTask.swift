import Episodes
import Kinds
import Networks
import Optimizers
import Randomness
import Tensors

/// The multi-task baseline of MAML's sine figure: the average of networks that learned one task each,
/// fine-tuned on a support set (Finn et al. 2017, appendix C.1).
///
///     n ← 0
///     repeat
///       for each task i of a meta-batch, on many points of it
///         φᵢ ← random parameters
///         `regressorSteps` times: φᵢ ← Adam(φᵢ, ∇(L(φᵢ) + λ/2 ‖φᵢ − c‖²))
///       θ ← mean of all n + metaBatch regressors so far
///     test: φ ← θ, `steps` times: φ ← φ − α ∇L(φ; support)
///
/// The centre c is 0 for `l2`, and for `mean` the θ before the meta-batch, without which there is no
/// regularization. One regressor after the other, as in the paper, is a meta-batch of one.
struct MultiTask: Learner {
  static let description = AlgorithmDescription(
    name: "multi-task", summary: "the average of networks trained on one task each, fine-tuned",
    reference: "Finn, Abbeel, Levine 2017, appendix C.1", classification: nil,
    regression: settings, diagnostics: Diagnostic.ofSupport + [answerSpread]
  ) { try MultiTask($0, $1) }

  /// The standard deviation of a network's answers to the queries of one episode: next to nothing where
  /// the average of networks has become a constant.
  static let answerSpread = "answer-spread"

  private enum Regularization: String, SettingChoice { case none, l2, mean }

  private static let regularization = Setting(
    "regularization", Regularization.none,
    "what regressors are held to: nothing, zero (l2), or the mean of those before them")
  private static let strength = Setting("strength", 0.03, "λ, how firmly")
  private static let regressorSteps = Setting(
    "regressorSteps", 2000, atLeast: 1, "steps of Adam for each regressor")
  private static let regressorRate = Setting("regressorRate", 0.005, "their size")
  private static let regressorPoints = Setting(
    "regressorPoints", 100, atLeast: 1, "points that each regressor learns from")
  private static let settings: [SettingDescription] = .of(
    regularization, strength, regressorSteps, regressorRate, regressorPoints,
    FineTuning.rate.with(0.002), FineTuning.steps)

  private let network: any Network
  private let regularization: Regularization
  private let strength: Float
  private let regressorSteps: Int
  private let regressorRate: Float
  private let regressorPoints: Int
  private let rate: Float
  private let steps: Int
  private let problem: Problem

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings)
    regularization = settings[Self.regularization]
    strength = Float(settings[Self.strength])
    regressorSteps = settings[Self.regressorSteps]
    regressorRate = Float(settings[Self.regressorRate])
    regressorPoints = settings[Self.regressorPoints]
    rate = Float(settings[FineTuning.rate])
    steps = settings[FineTuning.steps]
    self.problem = problem
  }

  var adaptationSteps: Int? { steps }

  var parameters: [ParameterDescription] { network.parameters }

  func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: random)
  }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let size = problem.metaBatch
    let centre: [Tensor]? =
      switch regularization {
      case .none: nil
      case .l2: state.parameters.map { .zeros($0.shape) }
      case .mean: iteration == 0 ? nil : state.parameters
      }
    let shape = EpisodeShape(way: 1, shot: regressorPoints, query: 1)
    let mean = MetaBatch(size: size, isStacked: true).mean { chunk in
      let examples = chunk.map {
        tasks.episode(shape, iteration: iteration, index: $0).support
      }
      let weights = chunk.map {
        network.initialParameters(from: tasks.noise(iteration: iteration, index: $0).child("weights"))
      }
      let (φ, loss) = regressors(on: examples, from: weights, centre: centre)
      return MetaBatch.Part(
        gradient: zip(network.parameters, φ).map { parameter, φ in
          φ.summed(to: parameter.shape.stacked(1)).reshaped(parameter.shape)
        },
        loss: loss, moments: [])
    }
    var next = state
    next.parameters = zip(state.parameters, mean.gradient).map { θ, φ in
      iteration == 0 ? φ : θ.adding(φ - θ, scaledBy: 1 / Float(iteration + 1))
    }
    return (next, mean.loss)
  }

  /// The φᵢ of some tasks, side by side with a leading axis of tasks, and the sum of their last losses.
  private func regressors(on examples: [Examples], from weights: [[Tensor]], centre: [Tensor]?)
    -> (φ: [Tensor], loss: Float)
  {
    let all = Examples(stacking: examples)
    var φ = network.parameters.indices.map { place in Tensor.stacked(weights.map { $0[place] }) }
    let c = centre?.enumerated().map { place, c in
      c.reshaped(c.shape.stacked(1)).repeated(to: φ[place].shape)
    }
    var adam = Adam().initialState(for: φ)
    var last: Float = 0
    for _ in 0..<regressorSteps {
      let (loss, g) = Tape.recording { tape in
        let φ = tape.variables(φ)
        let loss = all.targets.loss(network(φ, all.inputs, normalization: .batch).output)
        return (loss.scalar, gradient(of: loss, at: φ, releasing: true).map(\.detached))
      }
      let held = c.map { c in
        φ.indices.map { g[$0].adding(φ[$0] - c[$0], scaledBy: strength) }
      }
      φ = Adam().updated(φ, against: held ?? g, rate: regressorRate, state: &adam)
      last = loss
    }
    return (φ, last)
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let adapted = InnerLoop(network: network, rule: GradientDescent(rate: rate)).adapted(
      from: state.parameters, running: [], on: support, steps: steps, policy: problem.batchNorm,
      noise: noise)
    return AdaptedPredictor(
      adapted: adapted,
      more: { queries in
        let spreads = adapted.predictions(for: queries).map { answers -> Double in
          let values = answers.elements.map(Double.init)
          let mean = values.reduce(0, +) / Double(values.count)
          return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        }
        return [Diagnostic(name: Self.answerSpread, values: spreads)]
      })
  }
}
