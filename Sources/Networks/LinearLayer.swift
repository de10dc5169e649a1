import Randomness
import Tensors

/// One linear layer, as a network of its own: what is adapted on fixed features, and linear regression.
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
  /// Whether a square matrix T, which begins as the identity, comes before the weights W: x T W + b. A
  /// gradient step on W then moves T W by T Tᵀ times the step that it would have taken itself.
  public let hasWarp: Bool

  /// A layer from its parts.
  public init(inputs: Int, outputs: Int, deviation: Double? = nil, hasWarp: Bool = false) {
    self.inputs = inputs
    self.outputs = outputs
    self.deviation = deviation
    self.hasWarp = hasWarp
  }

  public var parameters: [ParameterDescription] {
    let own: [ParameterDescription] = [
      .init(name: "head/weight", shape: [inputs, outputs]),
      .init(name: "head/bias", shape: [outputs]),
    ]
    return hasWarp ? own + [.init(name: "head/\(Warp.name)", shape: [inputs, inputs])] : own
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
    let own = [weight, .zeros([outputs])]
    return hasWarp ? own + [.identity(inputs)] : own
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization
  ) -> Activations {
    let x = hasWarp ? inputs.product(parameters[2]) : inputs
    return Activations(output: x.affine(parameters[0], parameters[1], relu: false), moments: [])
  }
}
