import Randomness
import Tensors

/// A fully connected network with ReLU between its layers, such as the 1-40-40-1 of MAML's sine
/// regression (Finn et al. 2017, section 5.1).
///
/// It also runs with a leading axis of tasks, each with parameters of its own: parameters
/// `[tasks, in, out]` and `[tasks, out]`, inputs `[tasks, examples, features]`.
public struct MLP: Network, Equatable {
  /// The lengths of all layers, from inputs to outputs.
  public let widths: [Int]
  /// Whether the last layer, too, ends with a ReLU: an embedding for a linear layer on top.
  public let isEmbedding: Bool
  /// Whether each layer's weights are followed by a square matrix, which begins as the identity
  /// (Lee and Choi 2018: x W T + b).
  public let hasTransforms: Bool
  /// Of the normal that weights begin with; nil for the uniform distribution after Glorot.
  public let initialDeviation: Double?

  /// A network of layers of these lengths.
  public init(
    widths: [Int], isEmbedding: Bool = false, hasTransforms: Bool = false,
    initialDeviation: Double? = MLP.deviation
  ) {
    self.widths = widths
    self.isEmbedding = isEmbedding
    self.hasTransforms = hasTransforms
    self.initialDeviation = initialDeviation
  }

  public var parameters: [ParameterDescription] {
    (0..<widths.count - 1).flatMap { layer in
      let (input, output) = (widths[layer], widths[layer + 1])
      let list: [ParameterDescription] = [
        .init(name: "layer\(layer)/weight", shape: [input, output]),
        .init(name: "layer\(layer)/bias", shape: [output]),
      ]
      return hasTransforms
        ? list + [.init(name: "layer\(layer)/\(Transform.name)", shape: [output, output])] : list
    }
  }

  /// The standard deviation of weights before training, unless another is chosen.
  public static let deviation = 0.01

  public var normalizedWidths: [Int] { [] }

  public var outputWidth: Int { widths.last! }

  /// Weights from a normal of deviation 0.01 cut off at two deviations, biases 0, as in MAML's code; or after
  /// Glorot.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      if Transform.isOne(parameter) { return .identity(parameter.shape[0]) }
      guard parameter.shape.rank == 2 else { return .zeros(parameter.shape) }
      let stream = random.child(parameter.name)
      guard let initialDeviation else {
        return .glorotUniform(
          parameter.shape, fanIn: parameter.shape[0], fanOut: parameter.shape[1], stream)
      }
      return .truncatedNormal(parameter.shape, deviation: initialDeviation, stream)
    }
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization = .batch
  ) -> Activations {
    var x = inputs
    let perLayer = hasTransforms ? 3 : 2
    for layer in 0..<widths.count - 1 {
      let p = parameters[(layer * perLayer)...]
      let (weight, bias) = (p[p.startIndex], p[p.startIndex + 1])
      let relu = isEmbedding || layer < widths.count - 2
      x =
        hasTransforms
        ? x.product(weight).affine(p[p.startIndex + 2], bias, relu: relu)
        : x.affine(weight, bias, relu: relu)
    }
    return Activations(output: x, moments: [])
  }
}
