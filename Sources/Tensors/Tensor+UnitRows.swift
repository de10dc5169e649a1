extension Tensor {
  /// Every row of a matrix with length 1; rows of zeros keep their length.
  public func withUnitRows() -> Tensor {
    self / (squared().summed(to: [shape[0], 1]) + 1e-12).squareRoot()
  }
}
