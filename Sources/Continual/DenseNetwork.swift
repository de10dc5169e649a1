import Randomness
import Tensors

/// A fully connected classifier with ReLU between its layers, differentiated by hand.
///
/// Backward passes give the cotangents of every layer's outputs rather than gradients: gradients are their
/// products with what the layers took in, and squared gradients of single examples are products of the
/// squares (``FisherDiagonal``).
public struct DenseNetwork: Sendable, Equatable {
  /// The lengths of all layers, from inputs to classes.
  public let widths: [Int]

  /// A network of layers of these lengths.
  ///
  /// - Precondition: at least inputs and classes.
  public init(widths: [Int]) {
    precondition(widths.count >= 2, "a network has inputs and outputs")
    self.widths = widths
  }

  /// The number of linear layers.
  public var layers: Int { widths.count - 1 }

  /// The names of the parameters: `layer0/weight`, `layer0/bias`, `layer1/weight`, ...
  public var parameterNames: [String] {
    (0..<layers).flatMap { ["layer\($0)/weight", "layer\($0)/bias"] }
  }

  /// The shapes of the parameters: each layer's weight `[in, out]` and bias `[out]`.
  public var parameterShapes: [Shape] {
    (0..<layers).flatMap { [[widths[$0], widths[$0 + 1]], [widths[$0 + 1]]] as [Shape] }
  }

  /// Weights and biases uniform in ±1/√(fan in).
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    zip(parameterNames, parameterShapes).enumerated().map { index, parameter in
      let limit = 1 / Double(widths[index / 2]).squareRoot()
      var generator = random.child(parameter.0).generator()
      return Tensor(parameter.1) { out in
        for place in out.indices { out[place] = Float(generator.uniform(in: -limit...limit)) }
      }
    }
  }

  /// The input of every layer, `[examples, in]`, then the logits, `[examples, classes]`.
  ///
  /// - Parameter masks: What the input of each layer is multiplied with, `[examples, in]`; nil for nothing.
  public func activations(
    _ parameters: [Tensor], _ inputs: Tensor, masks: [Tensor]? = nil
  ) -> [Tensor] {
    var list: [Tensor] = []
    var x = inputs
    for layer in 0..<layers {
      if let masks { x = x * masks[layer] }
      list.append(x)
      x = x.affine(parameters[2 * layer], parameters[2 * layer + 1], relu: layer < layers - 1)
    }
    return list + [x]
  }

  /// The cotangent of every layer's output before its ReLU, `[examples, out]`, for one of the logits.
  ///
  /// - Parameter masks: Those of the forward pass.
  public func cotangents(
    _ parameters: [Tensor], _ activations: [Tensor], ofLogits cotangent: Tensor,
    masks: [Tensor]? = nil
  ) -> [Tensor] {
    var list = [cotangent]
    for layer in stride(from: layers - 1, to: 0, by: -1) {
      var reached = list[0].product(parameters[2 * layer], transposingOther: true)
      if let masks { reached = reached * masks[layer] }
      list.insert(reached.gated(by: activations[layer]), at: 0)
    }
    return list
  }

  /// The mean cross-entropy of a minibatch and its gradient, shaped as the parameters.
  public func lossAndGradient(
    _ parameters: [Tensor], on batch: Minibatch, masks: [Tensor]? = nil
  ) -> (loss: Float, gradient: [Tensor]) {
    let activations = activations(parameters, batch.inputs, masks: masks)
    let logits = activations[layers]
    let slope = (logits.softmax() - .oneHot(batch.labels, classes: widths[layers])) / Float(batch.count)
    let cotangents = cotangents(parameters, activations, ofLogits: slope, masks: masks)
    let gradient = (0..<layers).flatMap { layer in
      [
        activations[layer].product(cotangents[layer], transposing: true),
        cotangents[layer].summed(to: [1, widths[layer + 1]]).reshaped([widths[layer + 1]]),
      ]
    }
    return (logits.crossEntropy(batch.labels).scalar, gradient)
  }

  /// The share of examples whose class has the highest logit; of equal logits the first counts.
  ///
  /// - Complexity: Examples are taken in blocks, so that memory does not grow with their number.
  public func accuracy(_ parameters: [Tensor], on examples: TaskExamples) -> Double {
    var right = 0
    for batch in examples.blocks {
      let answers = activations(parameters, batch.inputs)[layers].highestClasses()
      right += zip(answers, batch.labels).count { $0 == $1 }
    }
    return Double(right) / Double(examples.count)
  }
}
