import Kinds
import Randomness
import Tensors

/// A network of its own for every task, always begun from the same parameters: nothing can be forgotten,
/// and nothing carried over. What the others are measured against.
public struct SingleTask: ContinualLearner {
  static let rate = Setting("rate", 0.05, "size of the gradient steps")

  static let description = SystemDescription<Continual>(
    "single-task", summary: "a network of its own for every task: what could be reached without forgetting",
    reference: "Kirkpatrick et al. 2017", settings: .of(rate)
  ) { settings, plan in SingleTask(network: plan.network, rate: Float(settings[rate])) }

  public let network: DenseNetwork
  let rate: Float

  package init(network: DenseNetwork, rate: Float) {
    self.network = network
    self.rate = rate
  }

  public func begin(from random: RandomStream) -> ContinualState {
    let initial = network.initialParameters(from: random)
    return ContinualState(parameters: initial, memory: ["initial": initial])
  }

  public func step(
    _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
  ) -> Float {
    let (loss, gradient) = network.lossAndGradient(state.parameters, on: batch)
    state.descend(gradient, rate: rate)
    return loss
  }

  public func consolidate(
    _ state: inout ContinualState, after examples: TaskExamples, from random: RandomStream
  ) {
    state.memory["task \(state.learned)"] = state.parameters
    state.parameters = state.memory["initial"]!
  }

  public func parameters(_ state: ContinualState, for task: Int) -> [Tensor] {
    task == state.learned
      ? state.parameters : state.memory["task \(task)"] ?? state.memory["initial"]!
  }
}
