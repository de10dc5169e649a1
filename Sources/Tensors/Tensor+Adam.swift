import CKernels

extension Tensor {
  /// One step of Adam: the new parameters and moment estimates, in one pass.
  package static func adam(
    _ parameters: Tensor, _ mean: Tensor, _ square: Tensor, _ gradient: Tensor, rate: Float,
    beta1: Float, beta2: Float, epsilon: Float, correction1: Float, correction2: Float
  ) -> (parameters: Tensor, mean: Tensor, square: Tensor) {
    let shape = parameters.shape
    var (newMean, newSquare) = (mean, square)
    let newParameters = Tensor(shape) { p in
      newMean = Tensor(shape) { m in
        newSquare = Tensor(shape) { v in
          mb_adam(
            p.count, parameters.buffer.elements, mean.buffer.elements, square.buffer.elements,
            gradient.buffer.elements, p.baseAddress!, m.baseAddress!, v.baseAddress!, rate, beta1,
            beta2, epsilon, correction1, correction2)
        }
      }
    }
    return (newParameters, newMean, newSquare)
  }
}
