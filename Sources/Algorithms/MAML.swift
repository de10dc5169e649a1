import Episodes
import Networks
import Randomness
import Tensors

/// Model-agnostic meta-learning: parameters from which a few gradient steps on a support set lead to
/// a good model (Finn, Abbeel, Levine 2017, algorithms 1 and 2), exact or first order.
///
///     θ ← initial parameters
///     repeat
///       for each task i of a meta-batch
///         φ ← θ
///         innerSteps times: φ ← φ − α ∇L(φ; supportᵢ)
///         gᵢ ← ∇θ L(φ; queryᵢ)          first order: with ∇L(φ; supportᵢ) taken as constant
///       θ ← Adam(θ, mean of gᵢ)
public struct MAML: Learner {
  let network: any Network
  let innerLoop: InnerLoop
  let innerSteps: Int
  let testSteps: Int
  let metaRate: Double
  let isFirstOrder: Bool
  let problem: Problem

  static func settings(isRegression: Bool) -> [SettingDescription] {
    let steps: [SettingDescription] = [
      .init("innerRate", .number(isRegression ? 0.01 : 0.4), "step size α of the inner loop"),
      .init("innerSteps", .integer(1), minimum: 1, "inner steps per task in training"),
      .init("testSteps", .integer(isRegression ? 10 : 3), minimum: 1, "inner steps at test"),
      .init("metaRate", .number(0.001), "step size of Adam, the outer loop"),
    ]
    return isRegression ? steps : steps + networkSettings
  }

  static let networkSettings: [SettingDescription] = [
    .init(
      "network", .text("conv"), choices: ["conv", "no-conv"],
      "four convolutional blocks, or a fully connected network"),
    .init("filters", .integer(64), minimum: 1, "filters of each convolution"),
  ]

  /// MAML on any network.
  package init(
    network: any Network, innerRate: Float, innerSteps: Int, isFirstOrder: Bool, problem: Problem
  ) {
    self.network = network
    innerLoop = InnerLoop(network: network, rate: innerRate)
    self.innerSteps = innerSteps
    testSteps = innerSteps
    metaRate = 0.001
    self.isFirstOrder = isFirstOrder
    self.problem = problem
  }

  init(_ settings: Settings, _ problem: Problem, isFirstOrder: Bool) throws {
    network = try problem.network(
      problem.isRegression ? "mlp" : settings.text("network"), .strided,
      filters: problem.isRegression ? 0 : settings.integer("filters"),
      outputs: problem.isRegression ? 1 : problem.training.way)
    innerLoop = InnerLoop(network: network, rate: Float(settings.number("innerRate")))
    innerSteps = settings.integer("innerSteps")
    testSteps = settings.integer("testSteps")
    metaRate = settings.number("metaRate")
    self.isFirstOrder = isFirstOrder
    self.problem = problem
  }

  public var parameters: [ParameterDescription] { network.parameters }

  public func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: random)
  }

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let sum = MetaBatch(size: problem.metaBatch, isStacked: problem.isRegression).sum { chunk in
      let episodes = chunk.map { tasks.episode(problem.training, iteration: iteration, index: $0) }
      return metaGradient(state.parameters, on: episodes)
    }
    let share = 1 / Float(problem.metaBatch)
    let next = state.stepped(
      against: sum.gradient.map { $0 * share }, rate: metaRate,
      moments: sum.moments.map { Moments(mean: $0.mean * share, variance: $0.variance * share) })
    return (next, sum.loss * share)
  }

  /// Σᵢ ∇θ L(φᵢ; queryᵢ) over episodes that are learned together.
  package func metaGradient(_ parameters: [Tensor], on episodes: [Episode]) -> MetaBatch.Part {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let (φ0, support, query) = stacked(θ, episodes)
      let φ = innerLoop.stages(
        from: φ0, on: support, steps: innerSteps, normalization: .batch,
        keepingGraph: !isFirstOrder
      ).last!.parameters
      let activations = network(φ, query.inputs, normalization: .batch)
      let loss = query.targets.loss(activations.output)
      return MetaBatch.Part(
        gradient: gradient(of: loss, at: θ, releasing: true).map(\.detached), loss: loss.scalar,
        moments: activations.moments)
    }
  }

  public func adapted(_ state: LearnerState, to support: Examples) -> any Predictor {
    innerLoop.adapted(
      from: state.parameters, running: state.running, on: support, steps: testSteps,
      policy: problem.batchNorm)
  }
}

/// Parameters and examples of tasks that run side by side; a single task keeps its shapes.
private func stacked(_ parameters: [Tensor], _ episodes: [Episode])
  -> (parameters: [Tensor], support: Examples, query: Examples)
{
  guard episodes.count > 1 else {
    return (parameters, episodes[0].support, episodes[0].query)
  }
  let copies = parameters.map { parameter in
    let shape = parameter.shape
    return parameter.reshaped(shape.stacked(1)).repeated(to: shape.stacked(episodes.count))
  }
  return (copies, Examples(stacking: episodes.map(\.support)), Examples(stacking: episodes.map(\.query)))
}

extension Examples {
  /// Regression tasks side by side: inputs and values `[tasks, examples, ...]`.
  fileprivate init(stacking sets: [Examples]) {
    func stack(_ tensors: [Tensor]) -> Tensor {
      .concatenated(tensors, along: 0).reshaped(tensors[0].shape.stacked(tensors.count))
    }
    let values = sets.map { set in
      guard case .values(let values) = set.targets else {
        preconditionFailure("only regression tasks are stacked")
      }
      return values
    }
    self.init(inputs: stack(sets.map(\.inputs)), targets: .values(stack(values)))
  }
}
