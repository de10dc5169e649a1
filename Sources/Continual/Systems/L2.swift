import Kinds
import Randomness
import Tensors

/// Gradient descent held near what earlier tasks ended with, every parameter alike: what EWC would be if all
/// parameters were equally important.
///
/// Reference: Kirkpatrick et al. (2017), section 2.2.
public struct L2: ContinualLearner {
  static let rate = Setting("rate", 0.05, "size of the gradient steps")
  static let lambda = Setting("lambda", 0.001, "weight of the penalties")

  static let description = SystemDescription<Continual>(
    "l2", summary: "held near what earlier tasks ended with, every parameter alike",
    reference: "Kirkpatrick et al. 2017", settings: .of(rate, lambda)
  ) { settings, plan in
    L2(network: plan.network, rate: Float(settings[rate]), lambda: Float(settings[lambda]))
  }

  public let network: DenseNetwork
  let rate: Float
  /// The weight of the penalty λ/2 Σ (θ - θ*)² of each earlier task.
  let lambda: Float

  package init(network: DenseNetwork, rate: Float, lambda: Float) {
    self.network = network
    self.rate = rate
    self.lambda = lambda
  }

  public func step(
    _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
  ) -> Float {
    state.anchoredStep(network, on: batch, rate: rate, lambda: lambda)
  }

  public func consolidate(
    _ state: inout ContinualState, after examples: TaskExamples, from random: RandomStream
  ) {
    var anchor = state.anchor ?? QuadraticAnchor(shapedAs: state.parameters)
    anchor.add(state.parameters.map { Tensor(repeating: 1, $0.shape) }, at: state.parameters)
    state.anchor = anchor
  }
}
