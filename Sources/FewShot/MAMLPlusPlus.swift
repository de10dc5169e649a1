import Networks
import Randomness
import Tensors

/// A learned step size for each tensor and inner step (Antoniou, Edwards, Storkey 2019, section 4,
/// "learning per-layer per-step learning rates").
///
///     φᵢ ← φᵢ − αᵢₛ ∇ᵢL(φ)        steps after the last one trained for go on with its αᵢₛ
struct StepwiseRates: InnerRule {
  private let names: [String]
  private let rate: Float
  private let steps: Int

  init(of network: any Network, from rate: Float, steps: Int) {
    names = network.parameters.map(\.name)
    self.rate = rate
    self.steps = steps
  }

  /// αᵢ for all steps, one tensor `[steps]` for each of the network's.
  var parameters: [ParameterDescription] { names.map { .init(name: "rate/\($0)", shape: [steps]) } }

  func initialParameters(from random: RandomStream) -> [Tensor] {
    names.map { _ in Tensor(repeating: rate, [steps]) }
  }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    let place = min(step.index, steps - 1)
    return zip(zip(φ, gradient), ω).map { pair, α in
      let (φ, g) = pair
      // With tasks side by side `[tasks, steps]`, and one number for each task.
      let axis = α.shape.rank - 1
      let each = axis == 0 ? [] : [α.shape[0]] + Array(repeating: 1, count: g.shape.rank - 1)
      return φ - g * α.slice(axis, place..<place + 1).reshaped(Shape(each))
    }
  }
}

/// Learned scales and shifts of batch normalization for each inner step, which are not adapted; every
/// other parameter follows another rule (Antoniou et al. 2019, section 4, "per-step batch
/// normalization weights and biases").
///
/// What the inner loop starts from are those of step 0.
struct StepwiseNorms: InnerRule {
  private let rule: any InnerRule
  private let network: [ParameterDescription]
  private let norms: [Int]
  private let steps: Int

  init(of network: any Network, steps: Int, otherwise rule: any InnerRule) {
    self.rule = rule
    self.network = network.parameters
    self.steps = steps
    norms = self.network.indices.filter {
      network.parameters[$0].name.hasSuffix("/scale") || network.parameters[$0].name.hasSuffix("/shift")
    }
  }

  var parameters: [ParameterDescription] {
    rule.parameters
      + (1...steps).flatMap { step in
        norms.map { .init(name: "step\(step)/\(network[$0].name)", shape: network[$0].shape) }
      }
  }

  func initialParameters(from random: RandomStream) -> [Tensor] {
    rule.initialParameters(from: random)
      + (1...steps).flatMap { _ in
        norms.map {
          Tensor(repeating: network[$0].name.hasSuffix("scale") ? 1 : 0, network[$0].shape)
        }
      }
  }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    let own = rule.parameters.count
    var next = rule.moved(φ, against: gradient, with: Array(ω[..<own]), at: step)
    let first = own + min(step.index, steps - 1) * norms.count
    for (order, place) in norms.enumerated() { next[place] = ω[first + order] }
    return next
  }
}
