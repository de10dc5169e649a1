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

  /// A network of layers of these lengths.
  public init(widths: [Int]) { self.widths = widths }

  public var parameters: [ParameterDescription] {
    (0..<widths.count - 1).flatMap { layer in
      [
        ParameterDescription(
          name: "layer\(layer)/weight", shape: [widths[layer], widths[layer + 1]]),
        ParameterDescription(name: "layer\(layer)/bias", shape: [widths[layer + 1]]),
      ]
    }
  }

  public var normalizedWidths: [Int] { [] }

  /// Weights from a normal of deviation 0.01 cut off at two deviations, biases 0, as in MAML's code.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      parameter.shape.rank == 2
        ? .truncatedNormal(parameter.shape, deviation: 0.01, random.child(parameter.name))
        : .zeros(parameter.shape)
    }
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization = .batch
  ) -> Activations {
    var x = inputs
    for layer in 0..<widths.count - 1 {
      x = x.affine(
        parameters[2 * layer], parameters[2 * layer + 1], relu: layer < widths.count - 2)
    }
    return Activations(output: x, moments: [])
  }
}
