import Episodes
import Kinds
import Networks
import Optimizers
import Randomness
import Tensors

/// The meta-learner LSTM: a recurrent network takes the steps within a task, and its cell state is the
/// learner's parameters (Ravi and Larochelle 2017, algorithm 1).
///
///     (θ₀, w) ← initial parameters of the learner's network, and of the LSTM
///     repeat
///       for each task i of a meta-batch
///         for t = 1...T: θₜ ← LSTM(θₜ₋₁, L(θₜ₋₁; supportᵢ), ∇L(θₜ₋₁; supportᵢ); w)
///         gᵢ ← ∇(θ₀,w) L(θ_T; queryᵢ), losses and gradients of the support taken as constant
///       (θ₀, w) ← Adam((θ₀, w), mean of gᵢ, scaled down to a norm of at most `clip`)
///
/// The LSTM itself, equations 2 to 5, is ``CoordinateLSTM``. With its gates at f = 1 and i = α it is a
/// first-order MAML.
package struct MetaLSTM: Learner {
  static let description = AlgorithmDescription(
    name: "meta-lstm", summary: "an LSTM whose cell state is the learner's parameters takes the steps",
    reference: "Ravi, Larochelle 2017", classification: settings, regression: nil,
    diagnostics: Diagnostic.ofSupport + [forgetGate]
  ) { try MetaLSTM($0, $1) }

  /// The median forget gate of all coordinates and steps.
  static let forgetGate = "forget-gate"

  private static let innerSteps = Setting("innerSteps", 8, atLeast: 1, atMost: 1000, "steps T per task in training")
  private static let testSteps = Setting("testSteps", 8, atLeast: 1, atMost: 1000, "steps at test")
  private static let clip = Setting("clip", 0.25, "the largest norm of a meta-gradient; 0 for any")
  private static let settings: [SettingDescription] =
    .of(innerSteps, testSteps, MAML.metaRate, clip) + MAML.networkSettings

  private let network: any Network
  private let lstm = CoordinateLSTM()
  private let innerSteps: Int
  private let testSteps: Int
  private let metaRate: Double
  private let clip: Double
  private let problem: Problem

  init(_ settings: Settings, _ problem: Problem) throws {
    network = try problem.network(settings)
    innerSteps = settings[Self.innerSteps]
    testSteps = settings[Self.testSteps]
    metaRate = settings[MAML.metaRate]
    clip = settings[Self.clip]
    self.problem = problem
  }

  package var adaptationSteps: Int? { testSteps }

  package var parameters: [ParameterDescription] { network.parameters + lstm.parameters }

  package func initialState(from random: RandomStream) -> LearnerState {
    let stream = random.child("parameters")
    return LearnerState(
      parameters: network.initialParameters(from: stream) + lstm.initialParameters(from: stream),
      normalizedWidths: network.normalizedWidths)
  }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let mean = MetaBatch(size: problem.metaBatch, isStacked: false).mean { chunk in
      metaGradient(
        state.parameters,
        on: tasks.episode(problem.training, iteration: iteration, index: chunk.lowerBound))
    }
    let next = state.stepped(
      against: clipped(mean.gradient, toNorm: clip), rate: metaRate, moments: mean.moments)
    return (next, mean.loss)
  }

  /// gᵢ of one episode.
  package func metaGradient(_ parameters: [Tensor], on episode: Episode) -> MetaBatch.Part {
    let (θ0, w) = parts(parameters)
    let stages = stages(from: θ0, w, on: episode.support, steps: innerSteps, normalization: .batch)
    let last = Tape.recording { tape in
      let θ = tape.variables(stages.last!.parameters)
      let activations = network(θ, episode.query.inputs, normalization: .batch)
      let loss = episode.query.targets.loss(activations.output)
      return MetaBatch.Part(
        gradient: gradient(of: loss, at: θ, releasing: true).map(\.detached), loss: loss.scalar,
        moments: activations.moments)
    }
    let pulled = lstm.pulledBack(
      flat(last.gradient), from: flat(θ0), through: stages.dropLast().map(\.observation!), with: w)
    return MetaBatch.Part(
      gradient: unflat(pulled.θ0) + pulled.w, loss: last.loss, moments: last.moments)
  }

  /// θₜ, and what there is to see of it.
  private struct Stage {
    /// As the network takes them.
    let parameters: [Tensor]
    /// The forget gates that led to it, `[coordinates, 1]` by blocks; empty before the first step.
    let forget: [Tensor]
    /// Of the support set; nil after the last step.
    var observation: CoordinateLSTM.Observation?
    /// Statistics and outputs of the support set; nil after the last step.
    var activations: Activations?
  }

  /// θ₀, ..., θ_T; nothing of it is recorded.
  private func stages(
    from θ0: [Tensor], _ w: [Tensor], on support: Examples, steps: Int, normalization: Normalization
  ) -> [Stage] {
    let start = flat(θ0)
    let blocks = CoordinateLSTM.blocks(of: start.count)
    var states = blocks.map { lstm.state(of: start.slice(0, $0)) }
    var stages = [Stage(parameters: θ0, forget: [])]
    for step in 0..<steps {
      let θ = stages[step].parameters
      let (loss, g, activations) = Tape.recording { tape in
        let variables = tape.variables(θ)
        let activations = network(variables, support.inputs, normalization: normalization)
        let loss = support.targets.loss(activations.output)
        return (
          loss.scalar, gradient(of: loss, at: variables, releasing: true).map(\.detached),
          Activations(output: activations.output.detached, moments: activations.moments)
        )
      }
      let observation = CoordinateLSTM.Observation(loss: loss, gradient: flat(g))
      stages[step].observation = observation
      stages[step].activations = activations
      states = Workers.map(blocks.count) { [states] block in
        lstm.stepped(states[block], seeing: observation.of(blocks[block]), with: w)
      }
      stages.append(
        Stage(
          parameters: unflat(.concatenated(states.map(\.cell), along: 0)),
          forget: states.map(\.forget)))
    }
    return stages
  }

  // MARK: Coordinates

  private func parts(_ parameters: [Tensor]) -> (θ0: [Tensor], w: [Tensor]) {
    let count = network.parameters.count
    return (Array(parameters[..<count]), Array(parameters[count...]))
  }

  /// All numbers of the network's tensors: `[coordinates, 1]`.
  private func flat(_ tensors: [Tensor]) -> Tensor {
    .concatenated(tensors.map { $0.reshaped([$0.count, 1]) }, along: 0)
  }

  /// The network's tensors from all their numbers.
  private func unflat(_ coordinates: Tensor) -> [Tensor] {
    var start = 0
    return network.parameters.map { parameter in
      let count = parameter.shape.count
      defer { start += count }
      return coordinates.slice(0, start..<start + count).reshaped(parameter.shape)
    }
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    let (θ0, w) = parts(state.parameters)
    let normalization: Normalization = problem.batchNorm == .running ? .given(state.running) : .batch
    let stages = stages(from: θ0, w, on: support, steps: testSteps, normalization: normalization)
    return RecurrentlyAdapted(
      network: AdaptedNetwork(
        network: network, support: support,
        stages: stages.map { stage in
          let seen =
            stage.activations
            ?? network(stage.parameters, support.inputs, normalization: normalization)
          return .init(parameters: stage.parameters, moments: seen.moments, outputs: seen.output)
        }, running: state.running, policy: problem.batchNorm),
      forget: stages.flatMap(\.forget))
  }
}

/// An adapted network, and the gates on the way to it.
private struct RecurrentlyAdapted: Predictor {
  let network: AdaptedNetwork
  /// The forget gates of all coordinates and steps.
  let forget: [Tensor]

  func predictions(for inputs: Tensor) -> [Tensor] { network.predictions(for: inputs) }

  func diagnostics(on queries: Tensor) -> [Diagnostic] {
    let median = forget.flatMap(\.elements).sorted().map(Double.init).quantile(0.5)
    return network.diagnostics(on: queries) + [Diagnostic(name: MetaLSTM.forgetGate, values: [median])]
  }
}
