import CKernels

extension Tensor {
  /// One step of Adam: the new parameters and moment estimates, in one pass.
  package static func adam(
    _ parameters: Tensor, _ mean: Tensor, _ square: Tensor, _ gradient: Tensor, rate: Float,
    beta1: Float, beta2: Float, epsilon: Float, correction1: Float, correction2: Float
  ) -> (parameters: Tensor, mean: Tensor, square: Tensor) {
    let (p, m, v) = (parameters.copy(), mean.copy(), square.copy())
    mb_adam(
      p.count, p.buffer.elements, m.buffer.elements, v.buffer.elements, gradient.buffer.elements,
      rate, beta1, beta2, epsilon, correction1, correction2)
    return (p, m, v)
  }

  private func copy() -> Tensor {
    Tensor(shape) { $0.baseAddress!.update(from: buffer.elements, count: count) }
  }
}
