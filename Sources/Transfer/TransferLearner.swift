import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A network that is trained to classify source classes, if it is pretrained, and then target classes under a
/// new last layer.
///
///     θ, w ← random parameters of body and last layer
///     repeat: θ, w ← Adam(∇ cross-entropy(source minibatch))     if pretrained
///     w ← random parameters of a layer for the target classes
///     repeat: θ, w ← Adam(∇ cross-entropy(target minibatch))     w alone if the body is frozen
///
/// The body is four blocks of 3 x 3 convolution, batch normalization, ReLU and 2 x 2 max-pooling (vectors: two
/// fully connected layers of 64). Normalization is by the minibatch in training and by running averages in
/// tests; a frozen body is normalized by those of the pretraining throughout, and none of it changes.
public struct TransferLearner: Sendable {
  /// What is trained on the target classes.
  package enum Layers: String, SettingChoice { case all, head }

  static let layers = Setting(
    "layers", Layers.all,
    "what is trained on the target classes: all of the network, or the new last layer alone")
  static let pretrainRate = Setting("pretrainRate", 0.001, "step size of Adam in pretraining")
  static let rate = Setting("rate", 0.001, "step size of Adam on the target classes")
  static let filters = Setting("filters", 64, atLeast: 1, "filters of each convolution")

  /// Whether there are source classes at all.
  package let isPretrained: Bool
  package let layers: Layers
  package let pretrainRate: Double
  package let rate: Double
  /// The body, with a layer for source classes on top if it is pretrained.
  package let source: any Network
  /// What is trained on target classes: the body with its new layer, or that layer alone.
  package let target: any Network
  package let body: any Network
  /// The new last layer.
  package let head: LinearLayer

  package init(_ settings: Settings, _ plan: Transfer, isPretrained: Bool) {
    func network(_ outputs: Int?) -> any Network {
      switch plan.values.dataset.inputKind {
      case .images(let channels, let height, let width):
        ConvNet(
          channels: channels, height: height, width: width, filters: settings[Self.filters],
          downsampling: .maxPool, readout: .flatten, outputs: outputs)
      case .vectors(let features):
        NormalizedMLP(inputs: features, hidden: [64, 64], outputs: outputs)
      }
    }
    self.isPretrained = isPretrained
    layers = settings[ifPresent: Self.layers] ?? .all
    pretrainRate = settings[ifPresent: Self.pretrainRate] ?? 0
    rate = settings[Self.rate]
    source = network(isPretrained ? plan.sourceClasses : nil)
    body = network(nil)
    head = LinearLayer(inputs: body.outputWidth, outputs: plan.target)
    target = layers == .all ? network(plan.target) : head
  }

  /// The state before training.
  package func begin(from weights: RandomStream) -> LearnerState { LearnerState(untrained: source, from: weights) }

  /// One update on source classes.
  ///
  /// - Returns: The loss before it.
  package func pretrain(_ state: inout LearnerState, on minibatch: Examples) -> Double {
    update(&state, of: source, on: minibatch, rate: pretrainRate)
  }

  // MARK: Target classes

  /// What is learned of target classes before the first step.
  ///
  /// - Parameter stream: Of the new layer.
  package func transferred(_ learned: LearnerState, from stream: RandomStream) -> LearnerState {
    let new = head.initialParameters(from: stream)
    guard layers == .all else { return LearnerState(parameters: new, normalizedWidths: []) }
    var state = LearnerState(
      parameters: learned.parameters.prefix(body.parameters.count) + new,
      normalizedWidths: target.normalizedWidths)
    state.running = learned.running
    return state
  }

  /// A draw as what is trained sees it: images, or what a frozen body makes of them.
  package func seen(_ draw: ClassDraw, with learned: LearnerState) -> ClassDraw {
    guard layers == .head else { return draw }
    return ClassDraw(embedding: draw) { examples in
      Examples(inputs: outputs(of: body, learned, examples.inputs), targets: examples.targets)
    }
  }

  /// One step on target classes.
  ///
  /// - Returns: The loss before it.
  package func step(_ state: inout LearnerState, on minibatch: Examples) -> Double {
    update(&state, of: target, on: minibatch, rate: rate)
  }

  /// The share of target examples classified correctly.
  package func accuracy(_ state: LearnerState, on examples: Examples) -> Double {
    examples.targets.score(outputs(of: target, state, examples.inputs))
  }

  /// The share of source examples classified correctly.
  package func sourceAccuracy(_ learned: LearnerState, on examples: Examples) -> Double {
    examples.targets.score(outputs(of: source, learned, examples.inputs))
  }

  // MARK: Networks

  private func update(
    _ state: inout LearnerState, of network: any Network, on examples: Examples, rate: Double
  ) -> Double {
    guard case .classes(let labels, _) = examples.targets else { preconditionFailure("examples have classes") }
    let (next, loss) = state.stepped(network, seeing: examples.inputs, rate: rate) { $0.crossEntropy(labels) }
    // Of a diverged step the state before it is kept.
    if loss.isFinite { state = next }
    return Double(loss)
  }

  /// What a network gives for any number of inputs, normalized by running averages.
  ///
  /// - Complexity: Inputs are passed in blocks, so that memory does not grow with their number.
  private func outputs(of network: any Network, _ state: LearnerState, _ inputs: Tensor) -> Tensor {
    let parameters = Array(state.parameters.prefix(network.parameters.count))
    let count = inputs.shape[0]
    let blocks = stride(from: 0, to: count, by: Self.block).map { first in
      network(
        parameters, inputs.slice(0, first..<min(count, first + Self.block)),
        normalization: .given(state.running)
      ).output
    }
    return .concatenated(blocks, along: 0)
  }

  private static let block = 200
}
