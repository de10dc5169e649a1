import CKernels

extension Tensor {
  /// One step of Adam on several tensors: the new parameters and moment estimates, in one pass over all threads.
  package static func adam(
    _ parameters: [Tensor], _ mean: [Tensor], _ square: [Tensor], _ gradient: [Tensor], rate: Float,
    beta1: Float, beta2: Float, epsilon: Float, correction1: Float, correction2: Float
  ) -> (parameters: [Tensor], mean: [Tensor], square: [Tensor]) {
    func new() -> [Tensor] { parameters.map { Tensor(shape: $0.shape, buffer: Buffer(count: $0.count)) } }
    let (newParameters, newMean, newSquare) = (new(), new(), new())
    Workers.forEachShare(of: parameters.map(\.count)) { index, run in
      func place(_ tensors: [Tensor]) -> UnsafeMutablePointer<Float> {
        tensors[index].buffer.elements + run.lowerBound
      }
      mb_adam(
        run.count, place(parameters), place(mean), place(square), place(gradient), place(newParameters),
        place(newMean), place(newSquare), rate, beta1, beta2, epsilon, correction1, correction2)
    }
    return (newParameters, newMean, newSquare)
  }
}
