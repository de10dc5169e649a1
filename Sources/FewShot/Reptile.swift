import Episodes
import Kinds
import Networks
import Optimizers
import Randomness
import Tensors

/// Reptile: parameters that move towards what training on each task makes of them
/// (Nichol, Achiam, Schulman 2018, algorithms 1 and 2).
///
///     θ ← initial parameters
///     repeat
///       for each task i of a meta-batch
///         φᵢ ← θ after innerSteps steps of Adam with β₁ = 0 (or of SGD) on minibatches of the task
///       θ ← θ + ε mean of (φᵢ − θ),   ε falling linearly to 0
///
/// With `skippedSteps` s the move of the first s steps is left out, so that with plain gradient descent
/// θ moves along the gradients gₛ₊₁ + … + gₖ of the others alone (section 6.2).
///
/// Adam's second moments carry over from task to task, as in the authors' code; the tasks of a meta-batch
/// begin with the same ones and leave their mean behind.
struct Reptile: Learner {
  static let description = AlgorithmDescription(
    name: "reptile", summary: "moves towards the parameters that training on a task leads to",
    reference: "Nichol, Achiam, Schulman 2018",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    diagnostics: Diagnostic.ofSupport
  ) { try Reptile($0, $1) }

  private static func settings(isRegression: Bool) -> [SettingDescription] {
    let settings: [SettingDescription] = .of(
      innerRate.with(isRegression ? 0.01 : 0.001), optimizer, innerSteps, skippedSteps, innerBatch,
      TrainingKeys.shot.with(10), testSteps.with(isRegression ? 10 : 50),
      testBatch.with(isRegression ? 10 : 5), metaStep)
    return isRegression ? settings : settings + MAML.networkSettings + .of(transduction)
  }

  private enum Optimizer: String, SettingChoice { case adam, sgd }

  private static let innerRate = Setting("innerRate", 0.001, "step size within a task")
  private static let optimizer = Setting(
    "optimizer", Optimizer.adam,
    "what takes the steps within a task: Adam without momentum, or plain gradient descent")
  private static let innerSteps = Setting("innerSteps", 5, atLeast: 1, atMost: 1000, "minibatches per task in training")
  private static let skippedSteps = Setting(
    "skippedSteps", 0, isLater: true,
    "steps at the start of a training task whose move is left out; fewer than innerSteps")
  private static let innerBatch = Setting(
    "innerBatch", 10, atLeast: 1, "examples of a minibatch in training")
  private static let testSteps = Setting("testSteps", 50, atLeast: 1, atMost: 1000, "minibatches at test")
  private static let testBatch = Setting("testBatch", 5, atLeast: 1, "examples of one at test")
  private static let metaStep = Setting(
    "metaStep", 1.0, "ε at first: how far θ moves towards the mean of φ")
  static let transduction = Setting(
    "transduction", true,
    "queries are normalized as the protocol says; false: by the support set's statistics (the paper: each together with the support set)")

  private let network: any Network
  private let innerRate: Float
  private let isAdaptive: Bool
  private let innerSteps: Int
  private let skippedSteps: Int
  private let innerBatch: Int
  private let testSteps: Int
  private let testBatch: Int
  private let metaStep: Double
  private let training: EpisodeShape
  private let policy: BatchNormPolicy
  private let problem: Problem

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings)
    innerRate = Float(settings[Self.innerRate])
    isAdaptive = settings[Self.optimizer] == .adam
    innerSteps = settings[Self.innerSteps]
    skippedSteps = settings[Self.skippedSteps]
    guard skippedSteps < innerSteps else {
      throw AlgorithmError.invalidSettings(
        "'skippedSteps' is \(skippedSteps), but there are only \(innerSteps) 'innerSteps': no move is left.")
    }
    innerBatch = settings[Self.innerBatch]
    testSteps = settings[Self.testSteps]
    testBatch = settings[Self.testBatch]
    metaStep = settings[Self.metaStep]
    training = settings.trainingShape(problem.training)
    policy =
      problem.batchNorm == .queryBatch && settings[ifPresent: Self.transduction] == false
      ? .supportOnly : problem.batchNorm
    self.problem = problem
  }

  var adaptationSteps: Int? { testSteps }

  var parameters: [ParameterDescription] { network.parameters }

  var adaptsWithOptimizer: Bool { isAdaptive }

  func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: random)
  }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    // The mean over tasks of φ and of Adam's second moments.
    let mean = MetaBatch(size: problem.metaBatch, isStacked: false).mean { chunk in
      let task = chunk.lowerBound
      let examples = tasks.episode(training, iteration: iteration, index: task).support
      let order = Minibatches(
        of: examples, size: innerBatch, noise: tasks.noise(iteration: iteration, index: task))
      var φ = Trained(parameters: state.parameters, adam: state.adam)
      var skipped: [Tensor]?
      for step in 0..<innerSteps {
        φ = stepped(φ, on: order[step], normalization: .batch)
        if step + 1 == skippedSteps { skipped = φ.parameters }
      }
      if let skipped {
        for (place, θ) in state.parameters.enumerated() { φ.parameters[place] = φ.parameters[place] - (skipped[place] - θ) }
      }
      return MetaBatch.Part(
        gradient: φ.parameters + φ.adam.square, loss: φ.loss, moments: φ.moments)
    }
    let ε = Float(metaStep * (1 - Double(iteration) / Double(problem.iterations)))
    let count = state.parameters.count
    var next = state
    next.parameters = zip(state.parameters, mean.gradient).map { θ, φ in θ + (φ - θ) * ε }
    next.adam.square = Array(mean.gradient[count...])
    next.adam.step += innerSteps
    next.average(mean.moments)
    return (next, mean.loss)
  }

  /// Parameters on the way through a task.
  private struct Trained {
    var parameters: [Tensor]
    var adam: Adam.State
    /// Of the last minibatch.
    var loss: Float = 0
    var moments: [Moments] = []
  }

  private static let adam: Adam = {
    var adam = Adam()
    adam.beta1 = 0
    return adam
  }()

  private func stepped(_ φ: Trained, on batch: Examples, normalization: Normalization) -> Trained {
    Tape.recording { tape in
      let variables = tape.variables(φ.parameters)
      let activations = network(variables, batch.inputs, normalization: normalization)
      let loss = batch.targets.loss(activations.output)
      let g = gradient(of: loss, at: variables, releasing: true).map(\.detached)
      var next = Trained(
        parameters: [], adam: φ.adam, loss: loss.scalar, moments: activations.moments)
      next.parameters =
        isAdaptive
        ? Self.adam.updated(φ.parameters, against: g, rate: innerRate, state: &next.adam)
        : zip(φ.parameters, g).map { $0.adding($1, scaledBy: -innerRate) }
      return next
    }
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let order = Minibatches(of: support, size: testBatch, noise: noise)
    var trained = Trained(parameters: state.parameters, adam: state.adam)
    return AdaptedNetwork(
      network, from: state.parameters, on: support, steps: testSteps, running: state.running,
      policy: policy
    ) { _, index, normalization in
      trained = stepped(trained, on: order[index], normalization: normalization)
      return trained.parameters
    }
  }
}
