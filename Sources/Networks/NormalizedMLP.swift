import Randomness
import Tensors

/// The fully connected network of MAML's "no conv" rows: batch normalization and ReLU after each
/// hidden layer, then a linear layer (Finn et al. 2017, section 5.2: 256-128-64-64 on 784 pixels).
///
/// The hidden layers have no bias: batch normalization would subtract it.
public struct NormalizedMLP: Network, Equatable {
  /// Numbers per example.
  public let inputs: Int
  /// The lengths of the hidden layers.
  public let hidden: [Int]
  /// The outputs of the linear layer; nil for an embedding, which ends with the last hidden layer.
  public let outputs: Int?

  public init(inputs: Int, hidden: [Int] = [256, 128, 64, 64], outputs: Int?) {
    self.inputs = inputs
    self.hidden = hidden
    self.outputs = outputs
  }

  public var parameters: [ParameterDescription] {
    var list: [ParameterDescription] = []
    var width = inputs
    for (layer, next) in hidden.enumerated() {
      list.append(.init(name: "layer\(layer)/weight", shape: [width, next]))
      list.append(.init(name: "layer\(layer)/scale", shape: [next]))
      list.append(.init(name: "layer\(layer)/shift", shape: [next]))
      width = next
    }
    if let outputs {
      list.append(.init(name: "head/weight", shape: [width, outputs]))
      list.append(.init(name: "head/bias", shape: [outputs]))
    }
    return list
  }

  public var normalizedWidths: [Int] { hidden }

  /// Weights uniform after Glorot, scale 1, shift and bias 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      let shape = parameter.shape
      if shape.rank == 2 {
        return .glorotUniform(
          shape, fanIn: shape[0], fanOut: shape[1], random.child(parameter.name))
      }
      return parameter.name.hasSuffix("scale") ? Tensor(repeating: 1, shape) : .zeros(shape)
    }
  }

  /// - Parameter examples: Vectors `[examples, inputs]`, or images, whose pixels are taken in row,
  ///   column, channel order.
  public func callAsFunction(
    _ parameters: [Tensor], _ examples: Tensor, normalization: Normalization
  ) -> Activations {
    var x = examples.reshaped([examples.count / inputs, inputs])
    var moments: [Moments] = []
    for layer in hidden.indices {
      let (weight, scale, shift) = (
        parameters[3 * layer], parameters[3 * layer + 1], parameters[3 * layer + 2]
      )
      x = x.product(weight).normalized(
        normalization, layer: layer, scale: scale, shift: shift, appendingTo: &moments)
    }
    if outputs != nil {
      let head = 3 * hidden.count
      x = x.affine(parameters[head], parameters[head + 1], relu: false)
    }
    return Activations(output: x, moments: moments)
  }
}
