import Tensors

/// Linear layers between those that a task adapts, which WarpGrad meta-learns and no task changes
/// (Flennerhag et al. 2020, section 2.2): 3 x 3 convolutions after the blocks of a convolutional network,
/// square matrices in a fully connected one (``Transform``) and before a ``LinearLayer``.
public enum Warp {
  static let name = "warp"

  /// Whether a parameter is such a layer.
  public static func isOne(_ parameter: ParameterDescription) -> Bool {
    parameter.name.hasSuffix("/" + name) || Transform.isOne(parameter)
  }

  /// The identity layer.
  ///
  /// - Parameter shape: `[3, 3, channels, channels]` or `[outputs, outputs]`.
  package static func identity(_ shape: Shape) -> Tensor {
    let channels = shape[shape.rank - 1]
    guard shape.rank == 4 else { return .identity(channels) }
    return Tensor.identity(channels).reshaped([1, channels, channels]).padded(0, at: 4, to: 9)
      .reshaped(shape)
  }
}
