import Kinds
import Randomness
import Tensors

/// Plain gradient descent: each task is learned as if there had been no other.
public struct PlainSGD: ContinualLearner {
  static let rate = Setting("rate", 0.05, "size of the gradient steps")

  static let description = SystemDescription<Continual>(
    "sgd", summary: "plain gradient descent, which learns each task as if there had been no other",
    reference: "Kirkpatrick et al. 2017", settings: .of(rate)
  ) { settings, plan in PlainSGD(network: plan.network, rate: Float(settings[rate])) }

  public let network: DenseNetwork
  let rate: Float

  package init(network: DenseNetwork, rate: Float) {
    self.network = network
    self.rate = rate
  }

  public func step(
    _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
  ) -> Float {
    let (loss, gradient) = network.lossAndGradient(state.parameters, on: batch)
    state.descend(gradient, rate: rate)
    return loss
  }
}
