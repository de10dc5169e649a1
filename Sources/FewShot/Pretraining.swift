import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// Ordinary supervised training on all training classes at once (for regression: on points of many
/// tasks at once), which the baselines start from.
struct Pretraining: Sendable {
  /// The body with a linear layer for all training classes on top.
  let network: any Network
  let rate: Double
  let batch: Int

  static let rate = Setting("pretrainRate", 0.001, "step size of Adam in pretraining")
  static let batch = Setting("pretrainBatch", 64, atLeast: 2, "examples per pretraining iteration")
  static let settings: [SettingDescription] = .of(rate, batch)

  init(network: any Network, _ settings: Settings) {
    self.network = network
    rate = settings[Self.rate]
    batch = settings[Self.batch]
  }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    updated(state, on: tasks.batch(batch, iteration: iteration))
  }

  /// One step of Adam on some examples.
  func updated(_ state: LearnerState, on examples: Examples) -> (state: LearnerState, loss: Float) {
    updated(state, on: examples) { examples.targets.loss($0) }
  }

  /// One step of Adam against a loss of the network's outputs for some examples.
  func updated(_ state: LearnerState, on examples: Examples, loss: (_ outputs: Tensor) -> Tensor)
    -> (state: LearnerState, loss: Float)
  {
    state.stepped(network, seeing: examples.inputs, rate: rate, loss: loss)
  }
}

extension LearnerState {
  /// The state of a network whose parameters come first in this one: a body without its head.
  func restricted(to network: any Network) -> LearnerState {
    var body = self
    body.parameters = Array(parameters.prefix(network.parameters.count))
    return body
  }
}
