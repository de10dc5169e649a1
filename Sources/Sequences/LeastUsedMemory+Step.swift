import CKernels
import Tensors

extension LeastUsedMemory {
  /// One step of a memory, operation by operation.
  ///
  /// - Parameters:
  ///   - inputs: M, rₜ₋₁, keys, what is written, and gates, as ``step(_:keys:writing:gates:)`` takes them.
  ///   - unused: u: `[sequences, 1, slots]`.
  /// - Returns: M, r, and what was read.
  package func parts(_ inputs: [Tensor], unused: Tensor) -> [Tensor] {
    let (content, reading, keys, writing, gates) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4])
    let sequences = keys.shape[0]
    let everyHead = unused.repeated(to: reading.shape)
    let w = everyHead + gates * (reading - everyHead)
    let kept = content * (unused * -1 + 1)
    let m = kept + writing.product(w, transposing: true)

    let lengths = (m.squared().summed(to: [sequences, 1, slots]) + Self.ε * Self.ε).squareRoot()
    let keyLengths = (keys.squared().summed(to: [sequences, heads, 1]) + Self.ε * Self.ε).squareRoot()
    let cosines = (keys / keyLengths).product(m) / lengths
    let r = (cosines * sharpness).reshaped([sequences * heads, slots]).softmax().reshaped(reading.shape)
    return [m, r, r.product(m, transposingOther: true)]
  }

  /// The same as one operation, since the overhead of some thirty small ones exceeds their arithmetic.
  ///
  /// - Parameter usage: Before the step: `[sequences, 1, slots]`.
  /// - Returns: M, r, and what was read; and the usage after the step.
  package func fusedStep(
    _ inputs: [Tensor], unused: Tensor, usage: Tensor
  ) -> (results: [Tensor], usage: Tensor) {
    let sequences = inputs[0].shape[0]
    let (content, reading, keys) = (inputs[0].shape, inputs[1].shape, inputs[2].shape)
    let keyLengths: Shape = [sequences, heads, 1]
    let memory = mb_memory(
      sequences: sequences, slots: slots, width: width, heads: heads, sharpness: sharpness,
      epsilon: Self.ε * Self.ε, decay: decay)
    let given = inputs.map(\.detached) + [unused, usage]
    let out = Tensor.computed(
      [content, reading, keys, usage.shape, reading, keys, keyLengths, usage.shape, reading], from: given
    ) { from, to in
      var (from, to) = (mb_memory_inputs(from), mb_memory_outputs(to))
      withUnsafePointer(to: memory) { mb_memory_step($0, &from, &to) }
    }
    let results = Tensor.fused(inputs, giving: Array(out[..<3]), parts: { parts($0, unused: unused) }) { arriving in
      let present = arriving.compactMap(\.self)
      return Tensor.computed(
        [content, reading, keys, keys, keyLengths], from: given + out + present
      ) { from, to in
        var cotangents = Array(from[(given.count + out.count)...]).makeIterator()
        let c = arriving.map { $0 == nil ? nil : cotangents.next() }
        var inputs = mb_memory_inputs(Array(from[..<given.count]))
        var outputs = mb_memory_outputs(from[given.count...].map { UnsafeMutablePointer(mutating: $0) })
        var flow = mb_memory_cotangents(content: c[0], reading: c[1], read: c[2])
        var leaving = mb_memory_gradients(
          content: to[0], reading: to[1], keys: to[2], writing: to[3], gates: to[4])
        withUnsafePointer(to: memory) { mb_memory_step_backward($0, &inputs, &outputs, &flow, &leaving) }
      }
    }
    return (results, out[3])
  }
}

extension mb_memory_inputs {
  fileprivate init(_ from: [UnsafePointer<Float>]) {
    self.init(
      content: from[0], reading: from[1], usage: from[6], unused: from[5], keys: from[2], writing: from[3],
      gates: from[4])
  }
}

extension mb_memory_outputs {
  fileprivate init(_ to: [UnsafeMutablePointer<Float>]) {
    self.init(
      content: to[0], reading: to[1], read: to[2], usage: to[3], written: to[4], unit_keys: to[5],
      key_lengths: to[6], lengths: to[7], cosines: to[8])
  }
}
