import Episodes
import Networks
import Randomness
import Tensors

/// Adaptation to a support set by steps that follow a rule: the inner loop of MAML and its relatives,
/// and fine-tuning.
public struct InnerLoop: Sendable {
  /// What is adapted.
  public let network: any Network
  /// How a step moves.
  public let rule: any InnerRule
  /// The places of the parameters that move, in order; all others stay as they are.
  public let moving: [Int]
  /// How many parameters, of the first, are put back after every step.
  public var frozen = 0
  /// What is made of the network's outputs.
  public let objective: Objective

  /// A loop over all parameters of a network, or those at some places.
  public init(
    network: any Network, rule: any InnerRule, moving: [Int]? = nil, objective: Objective = .plain
  ) {
    self.network = network
    self.rule = rule
    self.moving = moving ?? Array(network.parameters.indices)
    self.objective = objective
  }

  /// What a step starts from besides the parameters that move.
  public struct Surroundings {
    /// The rule's own parameters.
    public let ω: [Tensor]
    /// One stream per task.
    public let noise: [RandomStream]
    /// How its layers are normalized.
    public let normalization: Normalization

    /// Surroundings from their parts.
    public init(ω: [Tensor] = [], noise: [RandomStream], normalization: Normalization) {
      self.ω = ω
      self.noise = noise
      self.normalization = normalization
    }
  }

  /// Parameters after some number of steps, and the support statistics that go with them.
  public struct Stage: Sendable {
    /// Where the stage is.
    public var parameters: [Tensor]
    /// Statistics of the support set under these parameters; empty if they were not asked for.
    public var moments: [Moments] = []
    /// The network's outputs on the support set; nil if not computed.
    public var outputs: Tensor?
  }

  /// φ₀ = φ, φₛ₊₁ = the rule's step from φₛ against ∇L(φₛ; support).
  ///
  /// - Parameters:
  ///   - keepingGraph: Whether the gradients of the steps are to be differentiated; without it they
  ///     count as constants.
  ///   - momentsOfLast: Whether the statistics of the last stage are wanted, which costs one more
  ///     forward pass.
  /// - Returns: The stages 0...steps.
  public func stages(
    from φ0: [Tensor], on support: Examples, steps: Range<Int>, in surroundings: Surroundings,
    keepingGraph: Bool, momentsOfLast: Bool = false
  ) -> [Stage] {
    func asked(_ φ: [Tensor]) -> Stage {
      let activations = network(φ, support.inputs, normalization: surroundings.normalization)
      return Stage(parameters: φ, moments: activations.moments, outputs: activations.output)
    }
    var φ = φ0
    var stages: [Stage] = []
    for step in steps {
      let stage = asked(φ)
      stages.append(stage)
      let loss = objective.loss(stage.outputs!, support.targets, adaptedTo: support.targets)
      let g = gradient(of: loss, at: moving.map { φ[$0] }, keepingGraph: keepingGraph)
      let moved = rule.moved(
        moving.map { φ[$0] }, against: g, with: surroundings.ω,
        at: InnerStep(index: step, noise: surroundings.noise))
      for (place, value) in zip(moving, moved) where place >= frozen { φ[place] = value }
    }
    return stages + [momentsOfLast ? asked(φ) : Stage(parameters: φ)]
  }

  /// The network adapted to one support set, at every stage, under a batch-norm policy.
  public func adapted(
    from φ0: [Tensor], _ ω: [Tensor] = [], running: [Moments], on support: Examples, steps: Int,
    policy: BatchNormPolicy, noise: RandomStream
  ) -> AdaptedNetwork {
    // Each step is differentiated on a tape of its own: nothing flows through it.
    var stages: [Stage] = []
    var φ = φ0
    let surroundings = Surroundings(
      ω: ω, noise: [noise], normalization: policy == .running ? .given(running) : .batch)
    for step in 0...steps {
      let isLast = step == steps
      let pair = Tape.recording { tape in
        self.stages(
          from: tape.variables(φ), on: support, steps: step..<(isLast ? step : step + 1),
          in: surroundings, keepingGraph: false, momentsOfLast: isLast && policy == .supportOnly
        ).map { stage in
          Stage(
            parameters: stage.parameters.map(\.detached), moments: stage.moments,
            outputs: stage.outputs?.detached)
        }
      }
      stages.append(pair[0])
      if !isLast { φ = pair[1].parameters }
    }
    return AdaptedNetwork(
      network: network, support: support, stages: stages, running: running, policy: policy)
  }
}

/// A network at every stage of its adaptation.
public struct AdaptedNetwork: Predictor {
  let network: any Network
  let support: Examples
  let stages: [InnerLoop.Stage]
  let running: [Moments]
  let policy: BatchNormPolicy

  public func predictions(for inputs: Tensor) -> [Tensor] {
    stages.map { stage in
      network(stage.parameters, inputs, normalization: queryNormalization(at: stage)).output
    }
  }

  /// Whose statistics normalize queries at a stage.
  func queryNormalization(at stage: InnerLoop.Stage) -> Normalization {
    switch policy {
    case .queryBatch: .batch
    case .supportOnly: .given(stage.moments)
    case .running: .given(running)
    }
  }

  /// Performance on the support set itself, after every number of steps.
  ///
  /// All stages but the last were already evaluated on the way to the next.
  public func diagnostics(on queries: Tensor) -> [Diagnostic] {
    let scores = stages.map { stage in
      let normalization: Normalization = policy == .running ? .given(running) : .batch
      let outputs =
        stage.outputs
        ?? network(stage.parameters, support.inputs, normalization: normalization).output
      return support.targets.score(outputs)
    }
    guard case .classes = support.targets else {
      return [Diagnostic(name: Diagnostic.supportLoss, values: scores)]
    }
    return [Diagnostic(name: Diagnostic.supportAccuracy, values: scores)]
  }
}

extension AdaptedNetwork {
  /// A network that takes steps of its own, after each of which it is asked about the whole support set.
  ///
  /// - Parameter next: The parameters after step `index`, counted from 0.
  init(
    _ network: any Network, from φ0: [Tensor], on support: Examples, steps: Int,
    running: [Moments], policy: BatchNormPolicy,
    next: (_ φ: [Tensor], _ index: Int, _ normalization: Normalization) -> [Tensor]
  ) {
    let normalization: Normalization = policy == .running ? .given(running) : .batch
    var φ = φ0
    var stages: [InnerLoop.Stage] = []
    for step in 0...steps {
      let all = network(φ, support.inputs, normalization: normalization)
      stages.append(.init(parameters: φ, moments: all.moments, outputs: all.output))
      if step < steps { φ = next(φ, step, normalization) }
    }
    self.init(network: network, support: support, stages: stages, running: running, policy: policy)
  }
}
