import Tensors

extension Tensor {
  /// σ(x) = (1 + tanh(x / 2)) / 2
  func sigmoid() -> Tensor { (self * 0.5).tanh() * 0.5 + 0.5 }
}
