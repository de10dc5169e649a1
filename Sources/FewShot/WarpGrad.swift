import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// WarpGrad: layers ω between those that a task adapts, learned so that plain gradient steps on the
/// others lead to what generalizes; the backward pass through them preconditions each step
/// (Flennerhag, Rusu, Pascanu, Visin, Yin, Hadsell 2020, sections 2.4 and 2.5, algorithm 2).
///
///     (θ, ω) ← initial parameters; ω, linear, begins as the identity
///     repeat
///       for each task i of a meta-batch
///         θ₀ ← θ
///         for k in 0..<K: θₖ₊₁ ← θₖ − α ∇θ L(θₖ, ω; supportᵢ)
///         gᵢ ← mean over k of ∇ω L(θₖ − α ∇θ L(θₖ, ω; supportᵢ), ω; queryᵢ), every θₖ constant
///       ω ← Adam(ω, mean of gᵢ)
///       maml:     θ ← Adam(θ, mean of ∇θ₀ L(θ_K, ω; queryᵢ))                          Warp-MAML
///       reptile:  θ ← θ + β mean of Σₖ (θₖ₊₁ − θₖ)
///       leap:     θ ← θ + β mean of Σₖ wₖ (θₖ₊₁ − θₖ)                                  Warp-Leap
///
/// Nothing is differentiated through a trajectory for ω, so that tasks may be many steps long. Leap
/// shortens the trajectories' length in parameters and loss together (Flennerhag et al. 2019,
/// algorithm 1): wₖ = (1 + |Δfₖ| / α) / √(‖θₖ₊₁ − θₖ‖² + Δfₖ²), Δfₖ the change of the support loss.
package struct WarpGrad: Learner {
  static let description = AlgorithmDescription(
    name: "warp-grad", summary: "gradient steps through learned layers that tasks do not adapt",
    reference: "Flennerhag et al. 2020", classification: settings(isRegression: false),
    regression: settings(isRegression: true),
    diagnostics: Diagnostic.ofSupport + [distance]
  ) { try WarpGrad($0, $1) }

  /// The largest ‖ω − I‖ (Frobenius) of all warp layers.
  static let distance = "warp-distance"

  private static func settings(isRegression: Bool) -> [SettingDescription] {
    .of(initialization, warps, innerBatch, metaStep) + MAML.settings(isRegression: isRegression)
      + (isRegression ? .of(Problem.regressionNetwork) : [])
  }

  private static let initialization = Setting(
    "initialization", Initialization.maml, "what the initial parameters are learned by")
  private static let warps = Setting(
    "warps", Warps.learned,
    "the layers between: first-order without second derivatives; none: plain gradient steps")
  private static let innerBatch = Setting(
    "innerBatch", 20, atLeast: 1, "reptile and leap: examples of a minibatch")
  private static let metaStep = Setting("metaStep", 0.1, "reptile and leap: β")

  private enum Initialization: String, SettingChoice { case maml, reptile, leap }

  private enum Warps: String, SettingChoice {
    case learned
    case firstOrder = "first-order"
    case absent = "none"
  }

  private let initialization: Initialization
  private let warps: Warps
  /// The task layers' θ move in it, ω does not; its own training is that of `maml`.
  private let maml: MAML
  private let innerRate: Float
  private let innerBatch: Int
  private let metaRate: Double
  private let metaStep: Float
  /// The places of ω among the network's parameters.
  private let warping: [Int]
  private let problem: Problem

  init(_ settings: Settings, _ problem: Problem) throws {
    initialization = settings[Self.initialization]
    warps = settings[Self.warps]
    let network = try problem.network(settings, hasWarps: warps != .absent)
    innerRate = Float(settings[MAML.innerRate])
    innerBatch = initialization == .maml ? .max : settings[Self.innerBatch]
    metaRate = settings[MAML.metaRate]
    metaStep = Float(settings[Self.metaStep])
    warping = network.parameters.indices.filter { Warp.isOne(network.parameters[$0]) }
    let moving = network.parameters.indices.filter { !Warp.isOne(network.parameters[$0]) }
    maml = MAML(
      InnerLoop(
        network: network, rule: GradientDescent(rate: innerRate), moving: moving,
        objective: settings.objective), settings, problem)
    self.problem = problem
  }

  private var loop: InnerLoop { maml.innerLoop }

  package var adaptationSteps: Int? { maml.testSteps }

  package var parameters: [ParameterDescription] { loop.network.parameters }

  package func initialState(from random: RandomStream) -> LearnerState {
    maml.initialState(from: random)
  }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let mean = MetaBatch(size: problem.metaBatch, isStacked: false).mean { chunk in
      let task = chunk.lowerBound
      return metaGradient(
        state.parameters,
        on: tasks.episode(problem.training, iteration: iteration, index: task),
        noise: tasks.noise(iteration: iteration, index: task))
    }
    let g = mean.gradient
    // Adam leaves alone what never had a gradient.
    var ofAdam = g
    if initialization != .maml { for place in loop.moving { ofAdam[place] = .zeros(g[place].shape) } }
    var next = state.stepped(against: ofAdam, rate: metaRate, moments: mean.moments)
    if initialization != .maml {
      for place in loop.moving {
        next.parameters[place] = state.parameters[place].adding(g[place], scaledBy: -metaStep)
      }
    }
    return (next, mean.loss)
  }

  /// The contribution of one task to the gradient (or its substitute) with respect to all of θ and ω.
  package func metaGradient(_ parameters: [Tensor], on episode: Episode, noise: RandomStream)
    -> MetaBatch.Part
  {
    guard initialization == .maml else {
      let trajectory = trajectory(parameters, on: episode, noise: noise)
      return MetaBatch.Part(
        gradient: trajectory.gradient, loss: trajectory.loss, moments: trajectory.moments)
    }
    var part = maml.metaGradient(parameters, on: [episode], noise: [noise])
    // With a single step MAML's gradient at ω is the one that is looked for.
    if warps == .firstOrder || (warps == .learned && maml.innerSteps > 1) {
      let trajectory = trajectory(parameters, on: episode, noise: noise)
      for place in warping { part.gradient[place] = trajectory.gradient[place] }
    }
    return part
  }

  /// The state at the end of a trajectory.
  private struct Trajectory {
    /// At ω the meta-gradient, at θ minus the weighted sum of the steps.
    var gradient: [Tensor]
    /// The last support loss.
    var loss: Float = 0
    /// Of the last support minibatch.
    var moments: [Moments] = []
  }

  /// Trains on one task, with a look ahead to its queries after every step.
  private func trajectory(_ parameters: [Tensor], on episode: Episode, noise: RandomStream) -> Trajectory {
    let support = Minibatches(of: episode.support, size: innerBatch, noise: noise)
    let query = Minibatches(of: episode.query, size: innerBatch, noise: noise.child("query"))
    var path = Trajectory(gradient: parameters.map { .zeros($0.shape) })
    var φ = parameters
    var step = step(φ, 0, on: support[0], query[0], noise: noise)
    for index in 0..<maml.innerSteps {
      for (place, g) in zip(warping, step.warpGradient) {
        path.gradient[place] = path.gradient[place].adding(g, scaledBy: 1 / Float(maml.innerSteps))
      }
      (path.loss, path.moments) = (step.loss, step.moments)
      let next: Step
      if index + 1 < maml.innerSteps {
        next = self.step(step.moved, index + 1, on: support[index + 1], query[index + 1], noise: noise)
      } else if initialization == .leap {
        let last = support[index + 1]
        let outputs = loop.network(step.moved, last.inputs, normalization: .batch).output
        next = Step(moved: [], loss: loss(outputs, of: last).scalar)
      } else {
        next = step
      }
      let Δ = loop.moving.map { step.moved[$0] - φ[$0] }
      let weight = initialization == .leap ? leapWeight(Δ, next.loss - step.loss) : 1
      for (place, Δ) in zip(loop.moving, Δ) {
        path.gradient[place] = path.gradient[place].adding(Δ, scaledBy: -weight)
      }
      (φ, step) = (step.moved, next)
    }
    return path
  }

  /// One step of a trajectory.
  private struct Step {
    /// All parameters after it.
    var moved: [Tensor]
    /// The support loss before it.
    var loss: Float
    var moments: [Moments] = []
    /// ∇ω of the query loss after it.
    var warpGradient: [Tensor] = []
  }

  private func step(
    _ φ: [Tensor], _ index: Int, on support: Examples, _ query: Examples, noise: RandomStream
  ) -> Step {
    Tape.recording { tape in
      let variables = tape.variables(φ)
      let stages = loop.stages(
        from: variables, on: support, steps: index..<index + 1,
        in: .init(ω: [], noise: [noise], normalization: .batch), keepingGraph: warps == .learned)
      var step = Step(
        moved: stages[1].parameters.map(\.detached),
        loss: loss(stages[0].outputs!, of: support).scalar, moments: stages[0].moments)
      if warps != .absent {
        let ahead = loop.network(stages[1].parameters, query.inputs, normalization: .batch)
        step.warpGradient = gradient(
          of: loop.objective.loss(ahead.output, query.targets, adaptedTo: support.targets),
          at: warping.map { variables[$0] }, releasing: true
        ).map(\.detached)
      }
      return step
    }
  }

  /// What the inner loop minimizes.
  private func loss(_ outputs: Tensor, of support: Examples) -> Tensor {
    loop.objective.loss(outputs, support.targets, adaptedTo: support.targets)
  }

  /// wₖ of a step Δ that changed the support loss by Δf.
  private func leapWeight(_ Δ: [Tensor], _ Δf: Float) -> Float {
    let squares = Δ.map { $0.squared().sum().scalar }
    guard squares.contains(where: { $0 > 0 }) else { return 0 }
    return (1 + abs(Δf) / innerRate) / squares.reduce(Δf * Δf, +).squareRoot()
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let batches = Minibatches(of: support, size: innerBatch, noise: noise)
    let adapted = AdaptedNetwork(
      loop.network, from: state.parameters, on: support, steps: maml.testSteps,
      running: state.running, policy: problem.batchNorm
    ) { φ, index, normalization in
      Tape.recording { tape in
        loop.stages(
          from: tape.variables(φ), on: batches[index], steps: index..<index + 1,
          in: .init(ω: [], noise: [noise], normalization: normalization), keepingGraph: false
        )[1].parameters.map(\.detached)
      }
    }
    return AdaptedPredictor(
      adapted: adapted,
      more: { _ in
        let distances = warping.map { place in
          state.parameters[place].distance(to: Warp.identity(state.parameters[place].shape))
        }
        return [Diagnostic(name: Self.distance, values: [distances.max() ?? 0])]
      })
  }
}
