import Episodes
import Networks
import Tensors

/// Adaptation by plain gradient descent on a support set: MAML's inner loop, and fine-tuning.
struct InnerLoop: Sendable {
  let network: any Network
  /// The step size α.
  let rate: Float

  /// Parameters after some number of steps, and the support statistics that go with them.
  struct Stage {
    var parameters: [Tensor]
    /// Statistics of the support set under these parameters; empty if they were not asked for.
    var moments: [Moments] = []
    /// What the network said of the support set; nil if it was not asked.
    var outputs: Tensor?
  }

  /// φ₀ = φ, φₛ₊₁ = φₛ − α ∇L(φₛ; support) (Finn et al. 2017, equation 1).
  ///
  /// - Parameters:
  ///   - keepingGraph: Whether the steps themselves are to be differentiated.
  ///   - momentsOfLast: Whether the statistics of the last stage are wanted, which costs one more
  ///     forward pass.
  /// - Returns: The stages 0...steps.
  func stages(
    from parameters: [Tensor], on support: Examples, steps: Int, normalization: Normalization,
    keepingGraph: Bool, momentsOfLast: Bool = false
  ) -> [Stage] {
    var stages = [Stage(parameters: parameters)]
    for step in 0..<steps {
      let φ = stages[step].parameters
      let activations = network(φ, support.inputs, normalization: normalization)
      stages[step].moments = activations.moments
      stages[step].outputs = activations.output
      let loss = support.targets.loss(activations.output)
      let g = gradient(of: loss, at: φ, keepingGraph: keepingGraph)
      stages.append(Stage(parameters: zip(φ, g).map { $0.adding($1, scaledBy: -rate) }))
    }
    if momentsOfLast {
      let activations = network(
        stages[steps].parameters, support.inputs, normalization: normalization)
      stages[steps].moments = activations.moments
      stages[steps].outputs = activations.output
    }
    return stages
  }

  /// The network adapted to one support set, at every stage, under a batch-norm policy.
  func adapted(
    from parameters: [Tensor], running: [Moments], on support: Examples, steps: Int,
    policy: BatchNormPolicy
  ) -> any Predictor {
    // Each step is differentiated on a tape of its own: nothing flows through it.
    var stages: [Stage] = []
    var φ = parameters
    let normalization: Normalization = policy == .running ? .given(running) : .batch
    for step in 0...steps {
      let isLast = step == steps
      let pair = Tape.recording { tape in
        self.stages(
          from: tape.variables(φ), on: support, steps: isLast ? 0 : 1, normalization: normalization,
          keepingGraph: false, momentsOfLast: isLast && policy == .supportOnly
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
private struct AdaptedNetwork: Predictor {
  let network: any Network
  let support: Examples
  let stages: [InnerLoop.Stage]
  let running: [Moments]
  let policy: BatchNormPolicy

  func predictions(for inputs: Tensor) -> [Tensor] {
    stages.map { stage in
      let normalization: Normalization =
        switch policy {
        case .queryBatch: .batch
        case .supportOnly: .given(stage.moments)
        case .running: .given(running)
        }
      return network(stage.parameters, inputs, normalization: normalization).output
    }
  }
  /// How well it does on the support set itself after every number of steps.
  ///
  /// All stages but the last were asked already, on the way to the next one.
  var diagnostics: [Diagnostic] {
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
