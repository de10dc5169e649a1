import Randomness
import Tensors

/// One linear layer, as a network of its own: what is adapted on fixed features.
///
/// It also runs with a leading axis of tasks: parameters `[tasks, in, out]`, inputs
/// `[tasks, examples, in]`.
public struct LinearLayer: Network, Equatable {
  /// Numbers per example.
  public let inputs: Int
  /// Numbers that come out for each example.
  public let outputs: Int
  /// Of the normal that weights begin with; nil for the uniform distribution after Glorot.
  public let deviation: Double?

  public init(inputs: Int, outputs: Int, deviation: Double? = nil) {
    self.inputs = inputs
    self.outputs = outputs
    self.deviation = deviation
  }

  public var parameters: [ParameterDescription] {
    [
      .init(name: "head/weight", shape: [inputs, outputs]),
      .init(name: "head/bias", shape: [outputs]),
    ]
  }

  public var normalizedWidths: [Int] { [] }

  public var outputWidth: Int { outputs }

  /// Weights uniform after Glorot, or from a normal cut off at two deviations; bias 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    let stream = random.child("head/weight")
    let weight: Tensor =
      if let deviation {
        .truncatedNormal([inputs, outputs], deviation: deviation, stream)
      } else {
        .glorotUniform([inputs, outputs], fanIn: inputs, fanOut: outputs, stream)
      }
    return [weight, .zeros([outputs])]
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization
  ) -> Activations {
    Activations(output: inputs.affine(parameters[0], parameters[1], relu: false), moments: [])
  }
}
