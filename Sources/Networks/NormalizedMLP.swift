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
  /// Whether each linear map is followed by a square matrix, which begins as the identity (Lee and
  /// Choi 2018).
  public let hasTransforms: Bool

  /// A network from its parts.
  public init(
    inputs: Int, hidden: [Int] = [256, 128, 64, 64], outputs: Int?, hasTransforms: Bool = false
  ) {
    self.inputs = inputs
    self.hidden = hidden
    self.outputs = outputs
    self.hasTransforms = hasTransforms
  }

  public var outputWidth: Int { outputs ?? hidden.last ?? inputs }

  public var parameters: [ParameterDescription] {
    var list: [ParameterDescription] = []
    var width = inputs
    for (layer, next) in hidden.enumerated() {
      list.append(.init(name: "layer\(layer)/weight", shape: [width, next]))
      list.append(.init(name: "layer\(layer)/scale", shape: [next]))
      list.append(.init(name: "layer\(layer)/shift", shape: [next]))
      if hasTransforms {
        list.append(.init(name: "layer\(layer)/\(Transform.name)", shape: [next, next]))
      }
      width = next
    }
    if let outputs {
      list.append(.init(name: "head/weight", shape: [width, outputs]))
      list.append(.init(name: "head/bias", shape: [outputs]))
      if hasTransforms {
        list.append(.init(name: "head/\(Transform.name)", shape: [outputs, outputs]))
      }
    }
    return list
  }

  public var normalizedWidths: [Int] { hidden }

  /// Weights uniform after Glorot, scale 1, shift and bias 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      let shape = parameter.shape
      if Transform.isOne(parameter) { return .identity(shape[0]) }
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
    let perLayer = hasTransforms ? 4 : 3
    for layer in hidden.indices {
      let p = parameters[(perLayer * layer)...]
      let (weight, scale, shift) = (p[p.startIndex], p[p.startIndex + 1], p[p.startIndex + 2])
      x = x.product(weight)
      if hasTransforms { x = x.transformed(by: p[p.startIndex + 3]) }
      x = x.normalized(
        normalization, layer: layer, scale: scale, shift: shift, appendingTo: &moments)
    }
    if outputs != nil {
      let head = perLayer * hidden.count
      let (weight, bias) = (parameters[head], parameters[head + 1])
      x =
        hasTransforms
        ? x.product(weight).affine(parameters[head + 2], bias, relu: false)
        : x.affine(weight, bias, relu: false)
    }
    return Activations(output: x, moments: moments)
  }
}
