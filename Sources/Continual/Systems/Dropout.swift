import Kinds
import Randomness
import Tensors

/// Gradient descent with dropout: what a layer takes in is left out at random while it is trained.
///
/// Kept numbers are scaled by 1 / (1 - p), so that nothing changes at test.
///
/// Reference: Srivastava et al. (2014); as a remedy for forgetting, Goodfellow et al. (2014).
public struct Dropout: ContinualLearner {
  static let rate = Setting("rate", 0.05, "size of the gradient steps")
  static let ofInputs = Setting("inputDropout", 0.2, "share of pixels left out")
  static let ofHidden = Setting("hiddenDropout", 0.5, "share of hidden units left out")

  static let description = SystemDescription<Continual>(
    "dropout", summary: "gradient descent with dropout", reference: "Goodfellow et al. 2014",
    settings: .of(rate, ofInputs, ofHidden)
  ) { settings, plan in
    guard settings[ofInputs] < 1, settings[ofHidden] < 1 else {
      throw PlanError(
        "settings.inputDropout", "settings.hiddenDropout",
        fault: .refused("Shares left out must be below 1, or nothing is left."))
    }
    return Dropout(
      network: plan.network, rate: Float(settings[rate]), ofInputs: settings[ofInputs],
      ofHidden: settings[ofHidden])
  }

  public let network: DenseNetwork
  let rate: Float
  /// The share of pixels left out.
  let ofInputs: Double
  /// The share of hidden units left out.
  let ofHidden: Double

  package init(network: DenseNetwork, rate: Float, ofInputs: Double, ofHidden: Double) {
    self.network = network
    self.rate = rate
    self.ofInputs = ofInputs
    self.ofHidden = ofHidden
  }

  public func step(
    _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
  ) -> Float {
    var generator = random.generator()
    let masks = (0..<network.layers).map { layer in
      mask(
        [batch.count, network.widths[layer]], dropping: layer == 0 ? ofInputs : ofHidden,
        from: &generator)
    }
    let (loss, gradient) = network.lossAndGradient(state.parameters, on: batch, masks: masks)
    state.descend(gradient, rate: rate)
    return loss
  }

  /// 0 with a probability, otherwise what keeps the mean at 1.
  package func mask(
    _ shape: Shape, dropping share: Double, from random: inout RandomGenerator
  ) -> Tensor {
    let threshold = UInt32(share * 0x1p32)
    let kept = Float(1 / (1 - share))
    return Tensor(shape) { out in
      for place in out.indices { out[place] = random.nextUInt32() < threshold ? 0 : kept }
    }
  }
}
