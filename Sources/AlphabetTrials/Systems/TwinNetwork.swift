import Kinds
import Networks
import Randomness
import Tensors

/// The network h for both drawings of a pair, and the weights that compare their features.
///
///     conv:  three 3 x 3 convolutions with 2 x 2 max-pooling and ReLU, then a linear layer
///     dense: two linear layers with ReLU, then a third
///     h(x) = logistic of the last layer
///     score(x₁, x₂) = Σⱼ αⱼ |h(x₁)ⱼ − h(x₂)ⱼ| + b
///
/// Reference: Koch (2015), section 3.1: four convolutions of 64 to 256 filters on 105 x 105 pixels, and 4096
/// features.
struct TwinNetwork: Parametrized {
  let channels: Int, height: Int, width: Int
  /// Filters of each convolution, or units of each hidden layer.
  let widths: [Int]
  let isConvolutional: Bool
  /// Length of h(x).
  let features: Int

  private var flattened: Int {
    guard isConvolutional else { return widths.last! }
    return widths.last! * (height >> widths.count) * (width >> widths.count)
  }

  var parameters: [ParameterDescription] {
    var list: [ParameterDescription] = []
    var inputs = isConvolutional ? channels : channels * height * width
    for (layer, outputs) in widths.enumerated() {
      list.append(
        isConvolutional
          ? .init(name: "block\(layer)/filters", shape: [3, 3, inputs, outputs])
          : .init(name: "layer\(layer)/weight", shape: [inputs, outputs]))
      list.append(.init(name: "\(isConvolutional ? "block" : "layer")\(layer)/bias", shape: [outputs]))
      inputs = outputs
    }
    return list + [
      .init(name: "features/weight", shape: [flattened, features]),
      .init(name: "features/bias", shape: [features]),
      .init(name: "comparison/weight", shape: [features, 1]), .init(name: "comparison/bias", shape: [1]),
    ]
  }

  var normalizedWidths: [Int] { [] }

  /// Normal with variance 2 / (fan in) before ReLU and 1 / (fan in) elsewhere; biases 0. The paper's deviations
  /// (0.01 for filters) are those of its own sizes.
  func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      let shape = parameter.shape
      guard shape.rank > 1 else { return .zeros(shape) }
      let fanIn = shape.count / shape[shape.rank - 1]
      let isLast = parameter.name.hasPrefix("features") || parameter.name.hasPrefix("comparison")
      let deviation = ((isLast ? 1 : 2) / Double(fanIn)).squareRoot()
      return .normal(shape, deviation: deviation, random.child(parameter.name))
    }
  }

  /// h(x): `[images, features]`, each in 0...1.
  func features(_ θ: [Tensor], of images: Tensor) -> Tensor {
    var x = isConvolutional ? images : images.flattened()
    for layer in widths.indices {
      let (weight, bias) = (θ[2 * layer], θ[2 * layer + 1])
      // Pooled first: the largest of four is the same before and after bias and ReLU, and they are a quarter.
      x =
        isConvolutional
        ? (x.convolution(weight, stride: 1, padding: 1).maxPooled() + bias.reshaped([1, 1, 1, widths[layer]])).relu()
        : x.affine(weight, bias, relu: true)
    }
    let last = 2 * widths.count
    return x.reshaped([x.shape[0], flattened]).affine(θ[last], θ[last + 1], relu: false).logistic()
  }

  /// The score of each pair of features: `[pairs, 1]`; above 0 says the same character.
  func score(_ θ: [Tensor], _ first: Tensor, _ second: Tensor) -> Tensor {
    let difference = first - second
    let distance = difference.relu() + (-difference).relu()
    let last = 2 * widths.count + 2
    return distance.affine(θ[last], θ[last + 1], relu: false)
  }
}
