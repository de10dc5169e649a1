import Episodes
import Kinds
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
///
/// Its relatives are MAMLs with another inner rule, whose parameters ω are learned with θ
/// (`MetaSGD`, `MetaCurvature`, `TNet`), with features that no inner step changes (`ANIL`), or
/// with another start (`ProtoMAML`).
public struct MAML: Learner {
  /// What comes before the inner loop and is the same at all its steps; nil where the whole network
  /// is adapted.
  var features: (any Network)?
  /// What is adapted, and how.
  var innerLoop: InnerLoop
  /// Where adaptation starts.
  var start = Start.learned
  /// What adaptation leaves as it is at test only: so many layers from the inputs on.
  var frozenLayers = 0
  /// Compares what the layers answer before and after adaptation; nil where nobody asks.
  var similarity: LayerSimilarity?
  let schedule: MetaSchedule
  let innerSteps: Int
  let testSteps: Int
  let problem: Problem

  /// Where adaptation to a support set starts.
  enum Start: Sendable {
    /// From parameters that are the same for all tasks.
    case learned
    /// From such parameters, but for a last layer of zeros (Kao, Chiu, Chen 2022, section 3).
    case zeroHead
    /// From a learned embedding, which the inner loop's network extends by a linear layer, that layer
    /// made of the support set's prototypes.
    case prototypes(embedding: any Network)
  }

  /// MAML on any network.
  package init(
    network: any Network, innerRate: Float, innerSteps: Int, isFirstOrder: Bool,
    features: (any Network)? = nil, problem: Problem
  ) {
    self.features = features
    innerLoop = InnerLoop(network: network, rule: GradientDescent(rate: innerRate))
    self.innerSteps = innerSteps
    testSteps = innerSteps
    schedule = MetaSchedule(metaRate: 0.001, isFirstOrder: isFirstOrder)
    self.problem = problem
  }

  /// MAML with an inner loop and steps as the settings `innerSteps`, `testSteps` and `metaRate` say.
  init(_ innerLoop: InnerLoop, _ settings: Settings, _ problem: Problem, schedule: MetaSchedule? = nil) {
    self.innerLoop = innerLoop
    innerSteps = settings[Self.innerSteps]
    testSteps = settings[Self.testSteps]
    self.schedule =
      schedule ?? MetaSchedule(metaRate: settings[Self.metaRate], isFirstOrder: false)
    self.problem = problem
  }

  /// MAML with another inner rule.
  ///
  /// - Parameters:
  ///   - settings: With those of ``settings(isRegression:testSteps:)`` or, for a rule with step sizes of its
  ///     own, ``stepSettings(isRegression:testSteps:)``.
  ///   - rule: Makes the rule for a network.
  /// - Throws: ``AlgorithmError`` if the network cannot take the problem's inputs.
  public init(
    _ settings: Settings, _ problem: Problem, rule: (any Network) throws -> any InnerRule
  ) throws {
    let network = try problem.network(settings)
    self.init(
      InnerLoop(network: network, rule: try rule(network), objective: settings.objective), settings,
      problem)
  }

  // MARK: What is learned

  public var adaptationSteps: Int? { testSteps }

  public var parameters: [ParameterDescription] {
    (features?.parameters ?? []) + started.parameters + innerLoop.rule.parameters
  }

  /// The network whose parameters adaptation starts from.
  private var started: any Network {
    switch start {
    case .learned, .zeroHead: innerLoop.network
    case .prototypes(let embedding): embedding
    }
  }

  public func initialState(from random: RandomStream) -> LearnerState {
    let stream = random.child("parameters")
    return LearnerState(
      parameters: (features?.initialParameters(from: stream) ?? [])
        + started.initialParameters(from: stream)
        + innerLoop.rule.initialParameters(from: random.child("rule")),
      normalizedWidths: (features?.normalizedWidths ?? []) + innerLoop.network.normalizedWidths)
  }

  /// Learned parameters by what they are of.
  private struct Parts {
    /// Of the features.
    let ψ: [Tensor]
    /// Of what adaptation starts from.
    let θ: [Tensor]
    /// Of the rule.
    let ω: [Tensor]
  }

  private func parts(_ parameters: [Tensor]) -> Parts {
    let (first, second) = (features?.parameters.count ?? 0, started.parameters.count)
    return Parts(
      ψ: Array(parameters[..<first]), θ: Array(parameters[first..<first + second]),
      ω: Array(parameters[(first + second)...]))
  }

  // MARK: Training

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let mean = MetaBatch(size: problem.metaBatch, isStacked: problem.isRegression).mean { chunk in
      metaGradient(
        state.parameters,
        on: chunk.map { tasks.episode(problem.training, iteration: iteration, index: $0) },
        noise: chunk.map { tasks.noise(iteration: iteration, index: $0) }, iteration: iteration)
    }
    let next = state.stepped(
      against: schedule.clipped(mean.gradient), rate: schedule.rate(at: iteration),
      moments: mean.moments)
    return (next, mean.loss)
  }

  /// Σᵢ ∇ L(φᵢ; queryᵢ) at everything that is learned, over episodes that are learned together.
  package func metaGradient(
    _ parameters: [Tensor], on episodes: [Episode], noise: [RandomStream] = [], iteration: Int = 0
  ) -> MetaBatch.Part {
    Tape.recording { tape in
      let learned = tape.variables(parameters)
      let (copies, support, query) = stacked(learned, episodes)
      let parts = parts(copies)
      let (s, _) = featured(support, parts.ψ)
      let (q, moments) = featured(query, parts.ψ)
      let stages = innerLoop.stages(
        from: initial(parts.θ, s), on: s, steps: 0..<innerSteps,
        in: .init(ω: parts.ω, noise: noise, normalization: .batch),
        keepingGraph: !schedule.isFirstOrder(at: iteration))
      var loss: Tensor?
      var last: Activations?
      for (stage, weight) in zip(stages, schedule.stepWeights(innerSteps, at: iteration)) where weight > 0 {
        last = innerLoop.network(stage.parameters, q.inputs, normalization: .batch)
        let term = innerLoop.objective.loss(last!.output, q.targets, adaptedTo: s.targets)
        let weighted = weight == 1 ? term : term * weight
        loss = loss.map { $0 + weighted } ?? weighted
      }
      return MetaBatch.Part(
        gradient: gradient(of: loss!, at: learned, releasing: true).map(\.detached),
        loss: loss!.scalar, moments: moments + last!.moments)
    }
  }

  /// Examples as the inner loop sees them, and the statistics of the layers before it.
  private func featured(_ examples: Examples, _ ψ: [Tensor]) -> (Examples, [Moments]) {
    guard let features else { return (examples, []) }
    let activations = features(ψ, examples.inputs, normalization: .batch)
    return (Examples(inputs: activations.output, targets: examples.targets), activations.moments)
  }

  /// φ₀
  private func initial(_ θ: [Tensor], _ support: Examples, _ normalization: Normalization = .batch)
    -> [Tensor]
  {
    switch start {
    case .learned:
      return θ
    case .zeroHead:
      let head = innerLoop.network.layers.last!
      // A multiple of θ: what steps are to be taken from must be a value on the tape.
      return θ.enumerated().map { head.contains($0.offset) ? $0.element * 0 : $0.element }
    case .prototypes(let embedding):
      let z = embedding(θ, support.inputs, normalization: normalization).output
      // φ₀ as values of its own: a step's gradient at f leaves out that W and b were made of f.
      return θ.map { $0.reshaped($0.shape) } + linearLayer(of: prototypes(z, of: support.targets))
    }
  }

  // MARK: Test

  public func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let parts = parts(state.parameters)
    let isRunning = problem.batchNorm == .running
    guard let features else {
      let φ0 = initial(parts.θ, support, isRunning ? .given(state.running) : .batch)
      let adapted = testLoop.adapted(
        from: φ0, parts.ω, running: state.running, on: support, steps: testSteps,
        policy: problem.batchNorm, noise: noise)
      return AdaptedPredictor(
        adapted: adapted,
        more: { queries in
          innerLoop.rule.diagnostics(of: parts.ω)
            + (similarity?.diagnostics(of: adapted, on: queries) ?? [])
        })
    }
    let own = features.normalizedWidths.count
    let embedding = Embedding(
      network: features, parameters: parts.ψ, running: Array(state.running.prefix(own)),
      policy: problem.batchNorm, support: support)
    let embedded = Examples(inputs: embedding.support, targets: support.targets)
    return AdaptedPredictor(
      adapted: testLoop.adapted(
        from: initial(parts.θ, embedded), parts.ω, running: Array(state.running.dropFirst(own)),
        on: embedded, steps: testSteps, policy: problem.batchNorm, noise: noise),
      embedding: embedding, more: { _ in innerLoop.rule.diagnostics(of: parts.ω) })
  }

  /// The inner loop without the layers that are frozen at test.
  private var testLoop: InnerLoop {
    guard frozenLayers > 0 else { return innerLoop }
    var loop = innerLoop
    loop.frozen = innerLoop.network.layers.prefix(frozenLayers).last?.upperBound ?? 0
    return loop
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
  init(stacking sets: [Examples]) {
    let values = sets.map { set in
      guard case .values(let values) = set.targets else {
        preconditionFailure("only regression tasks are stacked")
      }
      return values
    }
    self.init(inputs: .stacked(sets.map(\.inputs)), targets: .values(.stacked(values)))
  }
}

extension Tensor {
  /// Tensors of equal shapes along a new first axis.
  static func stacked(_ tensors: [Tensor]) -> Tensor {
    .concatenated(tensors, along: 0).reshaped(tensors[0].shape.stacked(tensors.count))
  }
}
