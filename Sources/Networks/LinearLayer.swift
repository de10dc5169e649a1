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

  public init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  public var parameters: [ParameterDescription] {
    [
      .init(name: "head/weight", shape: [inputs, outputs]),
      .init(name: "head/bias", shape: [outputs]),
    ]
  }

  public var normalizedWidths: [Int] { [] }

  public var outputWidth: Int { outputs }

  /// Weights uniform after Glorot, bias 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    [
      .glorotUniform([inputs, outputs], fanIn: inputs, fanOut: outputs, random.child("head/weight")),
      .zeros([outputs]),
    ]
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization
  ) -> Activations {
    Activations(output: inputs.affine(parameters[0], parameters[1], relu: false), moments: [])
  }
}
