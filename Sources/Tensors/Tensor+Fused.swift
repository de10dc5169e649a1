extension Tensor {
  /// Several operations computed as one, by kernels of its own: no tensor for each number on the way.
  ///
  /// Gradients are found by `pullback`. Where they are recorded to be differentiated again, the operations it stands for
  /// take its place, so gradients of any order are exact.
  ///
  /// - Parameters:
  ///   - inputs: What it is computed from.
  ///   - results: What comes out of it, computed already.
  ///   - parts: The operations it stands for: results for inputs.
  ///   - pullback: The inputs' cotangents for those of the results, where nil stands for zero and not all are nil.
  /// - Returns: The results, recorded.
  package static func fused(
    _ inputs: [Tensor], giving results: [Tensor], parts: @escaping ([Tensor]) -> [Tensor],
    pullback: @escaping ([Tensor?]) -> [Tensor]
  ) -> [Tensor] {
    recorded(results, from: inputs) { cotangents, flow in
      let tape = inputs.lazy.compactMap(\.origin).first!.tape
      let sent = tape.isRecording ? through(parts, inputs, cotangents) : pullback(cotangents)
      for (input, cotangent) in zip(inputs, sent) { flow.add(cotangent, to: input.origin) }
    }
  }

  /// The inputs' cotangents, recorded, by differentiating the parts.
  private static func through(
    _ parts: ([Tensor]) -> [Tensor], _ inputs: [Tensor], _ cotangents: [Tensor?]
  ) -> [Tensor] {
    // Values of their own: one input may be computed from another, which is none of the parts' business.
    let own = inputs.map { $0.reshaped($0.shape) }
    let flows = zip(parts(own), cotangents).compactMap { result, cotangent in
      cotangent.map { (result * $0).sum() }
    }
    return gradient(of: flows.dropFirst().reduce(flows[0], +), at: own, keepingGraph: true)
  }

  /// Tensors that a kernel computes from others, all at once; it must write every element.
  package static func computed(
    _ shapes: [Shape], from inputs: [Tensor],
    by kernel: (_ inputs: [UnsafePointer<Float>], _ outputs: [UnsafeMutablePointer<Float>]) -> Void
  ) -> [Tensor] {
    let results = shapes.map { Tensor(shape: $0, buffer: Buffer(count: $0.count)) }
    withExtendedLifetime(inputs) {
      kernel(inputs.map { UnsafePointer($0.buffer.elements) }, results.map(\.buffer.elements))
    }
    return results
  }
}
