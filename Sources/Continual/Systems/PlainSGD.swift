import Randomness
import Tensors

/// Plain gradient descent: each task is learned as if there had been no other.
public struct PlainSGD: ContinualLearner {
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
