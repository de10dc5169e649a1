import Tensors

/// Square matrices after the linear maps of a network, with nothing between the two: what T-nets
/// meta-learn and do not adapt (Lee and Choi 2018, section 3.1).
public enum Transform {
  static let name = "transform"

  /// Whether a parameter is such a matrix.
  public static func isOne(_ parameter: ParameterDescription) -> Bool {
    parameter.name.hasSuffix("/" + name)
  }
}

extension Tensor {
  /// Every pixel's channels, or every row, times a square matrix.
  ///
  /// - Parameter transform: `[channels, channels]`.
  func transformed(by transform: Tensor) -> Tensor {
    let channels = transform.shape[0]
    return reshaped([count / channels, channels]).product(transform).reshaped(shape)
  }
}
