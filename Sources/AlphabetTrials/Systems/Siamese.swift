import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// Siamese networks: twins that learn whether two drawings are of the same character (Koch, Zemel, Salakhutdinov
/// 2015).
///
///     p(same | x₁, x₂) = σ(Σⱼ αⱼ |h(x₁)ⱼ − h(x₂)ⱼ| + b)                  (section 3.1)
///     loss ← mean binary cross-entropy of a batch of pairs, + λ ‖w‖² of each layer     (section 3.2)
///     v ← μ v − η (∇ loss),  w ← w + v                                  η decays by 1 % an epoch, μ rises from ½
///
/// A trial's answer is the support drawing with the highest p. Pairs are mostly affine copies
/// (``AffineCopies``). The paper stops where validation gains no more, and sets rate, momentum and λ layer by
/// layer; here training is as long as the suite says, and λ differs between convolutions and linear layers.
package struct Siamese: TrialLearner, MomentumArchives {
  private let twin: TwinNetwork
  private let copies: AffineCopies
  private let rate: Double
  private let rateDecay: Double
  private let epoch: Int
  private let momentum: Double
  private let convDecay: Float
  private let linearDecay: Float

  package init(_ settings: Settings, of kind: InputKind) throws {
    guard case .images(let channels, let height, let width) = kind, min(height, width) >= 8 else {
      throw PlanError(
        "dataset", fault: .impossible("'siamese' looks at images of at least 8 x 8 pixels. Choose another dataset."))
    }
    let isConvolutional = settings[Self.network] == .conv
    let filters = settings[Self.filters]
    twin = TwinNetwork(
      channels: channels, height: height, width: width,
      widths: isConvolutional ? [filters, 2 * filters, 2 * filters] : [256, 128],
      isConvolutional: isConvolutional, features: settings[Self.features])
    copies = AffineCopies(copies: settings[Self.affineCopies], shift: settings[Self.shift])
    rate = settings[Self.metaRate]
    rateDecay = settings[Self.rateDecay]
    epoch = settings[Self.epoch]
    momentum = settings[Self.momentum]
    convDecay = Float(settings[Self.convDecay])
    linearDecay = Float(settings[Self.linearDecay])
  }

  package var isTrained: Bool { true }
  package var verifies: Bool { true }

  // MARK: What is learned

  package var parameters: [ParameterDescription] { twin.parameters }

  package func begin(from weights: RandomStream) -> MomentumState {
    MomentumState(parameters: twin.initialParameters(from: weights.child("parameters")))
  }

  // MARK: Training

  package func train(
    _ learned: inout MomentumState, on pairs: DrawingPairs, iteration: Int, noise: RandomStream
  ) -> Double {
    let distorted = copies(pairs, from: noise)
    let (gradient, loss) = gradient(learned.parameters, on: distorted)
    // Of a diverged step the state before it is kept.
    guard loss.isFinite else { return Double(loss) }
    let passed = iteration / epoch
    var rate = rate
    for _ in 0..<passed { rate *= rateDecay }
    learned.step(
      against: gradient, rate: Float(rate), momentum: Float(min(momentum, 0.5 + 0.01 * Double(passed))),
      decay: parameters.map { $0.shape.rank == 4 ? convDecay : $0.shape.rank == 2 ? linearDecay : 0 })
    return Double(loss)
  }

  /// Of the mean cross-entropy of some pairs, without decay.
  package func gradient(_ parameters: [Tensor], on pairs: DrawingPairs) -> (gradient: [Tensor], loss: Float) {
    let mean = MetaBatch(size: pairs.count, isStacked: true).gradient(at: parameters) { θ, chunk in
      let both = [pairs.first.slice(0, chunk), pairs.second.slice(0, chunk)]
      let h = twin.features(θ, of: .concatenated(both, along: 0))
      let score = twin.score(θ, h.slice(0, 0..<chunk.count), h.slice(0, chunk.count..<2 * chunk.count))
      // Of two classes, of which the first has the logit 0, so that nothing overflows.
      let logits = Tensor.concatenated([.zeros([chunk.count, 1]), score], along: 1)
      return logits.crossEntropy(pairs.same[chunk].map { $0 ? 1 : 0 })
    }
    return (mean.gradient, mean.loss)
  }

  // MARK: Trials

  package func features(of drawings: Tensor, by learned: MomentumState) -> Tensor {
    twin.features(learned.parameters, of: drawings)
  }

  package func likeness(_ first: Tensor, _ second: Tensor, by learned: MomentumState) -> [Float] {
    twin.score(learned.parameters, first, second).elements
  }
}

extension Siamese {
  /// What the twins are.
  package enum TwinName: String, SettingChoice { case conv, dense }

  private static let network = Setting(
    "network", TwinName.conv, "convolutions, or fully connected layers of 256 and 128 units")
  private static let filters = Setting(
    "filters", 16, atLeast: 1, "filters of the first convolution; the other two have twice as many")
  private static let features = Setting("features", 128, atLeast: 1, "features that are compared")
  private static let affineCopies = Setting(
    "affineCopies", 8, "distorted copies of each pair; 0 for none")
  private static let shift = Setting("shift", 2.0, "their largest shift in pixels")
  private static let metaRate = Setting("metaRate", 0.1, "step size in the first epoch")
  private static let rateDecay = Setting("rateDecay", 0.99, "what each epoch leaves of it")
  private static let epoch = Setting("epoch", 50, atLeast: 1, atMost: 1e9, "iterations of an epoch")
  private static let momentum = Setting(
    "momentum", 0.9, "the last momentum: it begins with 0.5, and rises by 0.01 an epoch")
  private static let convDecay = Setting("convDecay", 0.0, "factor of the squared filters in the loss")
  private static let linearDecay = Setting(
    "linearDecay", 0.0001, "factor of the linear layers' squared weights in the loss")

  package static let description = SystemDescription<AlphabetTrials>(
    "siamese", summary: "twin networks that learn whether two drawings are of the same character",
    reference: "Koch, Zemel, Salakhutdinov 2015",
    settings: .of(
      network, filters, features, affineCopies, shift, metaRate, rateDecay, epoch, momentum, convDecay,
      linearDecay)
  ) { settings, plan in try Siamese(settings, of: plan.inputKind) }
}
