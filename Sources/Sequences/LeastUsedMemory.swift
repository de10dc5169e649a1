import Tensors

/// A memory that is read by likeness, and written where it was just read or where it was used least: the
/// module of least recently used access of Santoro, Bartunov, Botvinick, Wierstra, Lillicrap (2016), section
/// 3.2.
///
/// With rows M(i), and for each of n heads a key k, what it writes a, and a gate g in 0...1:
///
///     write:   w ← g rₜ₋₁ + (1 − g) u            u: 1 at the n rows that were used least, 0 elsewhere  (6)
///              M(i) ← 0 where u(i) = 1;  M(i) ← M(i) + Σ over heads of w(i) a                          (7)
///     read:    r ← softmax over i of s cos(k, M(i))                                                   (2, 3)
///              what is read is Σᵢ r(i) M(i)                                                            (4)
///     usage:   ← γ usage + Σ over heads of r + w                                                       (5)
///
/// The paper writes a = k and has no s. No gradient flows through what was used least. Of rows that were used
/// equally the first counts.
package struct LeastUsedMemory: Sendable {
  /// Rows.
  package let slots: Int
  /// Numbers of a row.
  package let width: Int
  /// How many keys read, and write, at each step.
  package let heads: Int
  /// γ, how much of the usage is left after a step.
  package let decay: Float
  /// s, by which cosines are multiplied before the softmax.
  package let sharpness: Float

  /// Keeps cosines with empty rows, which are 0, finite.
  static let ε: Float = 1e-6

  /// The memories of sequences that run side by side.
  package struct State: Sendable {
    /// M, whose rows are columns here: `[sequences, width, slots]`.
    package var content: Tensor
    /// r: `[sequences, heads, slots]`.
    package var reading: Tensor
    /// By sequence and slot.
    package var usage: [Float]
  }

  /// A memory from its parts.
  ///
  /// - Precondition: at least as many slots as heads.
  package init(slots: Int, width: Int, heads: Int, decay: Float, sharpness: Float) {
    precondition(slots >= heads, "\(heads) heads cannot write to \(slots) rows of their own")
    self.slots = slots
    self.width = width
    self.heads = heads
    self.decay = decay
    self.sharpness = sharpness
  }

  /// Nothing is in them, and nothing has been read.
  package func cleared(sequences: Int) -> State {
    State(
      content: .zeros([sequences, width, slots]), reading: .zeros([sequences, heads, slots]),
      usage: [Float](repeating: 0, count: sequences * slots))
  }

  /// Writes, then reads.
  ///
  /// - Parameters:
  ///   - keys: `[sequences, heads, width]`.
  ///   - writing: What is written, of the same shape.
  ///   - gates: `[sequences, heads, 1]`, in 0...1.
  /// - Returns: What was read: `[sequences, heads, width]`.
  package func step(_ state: inout State, keys: Tensor, writing: Tensor, gates: Tensor) -> Tensor {
    let (results, written) = fusedStep(
      [state.content, state.reading, keys, writing, gates], unused: leastUsed(state.usage))
    (state.content, state.reading) = (results[0], results[1])
    state.usage = usage(state.usage, state.reading, written)
    return results[2]
  }

  /// u: `[sequences, 1, slots]`, a constant.
  package func leastUsed(_ usage: [Float]) -> Tensor {
    let sequences = usage.count / slots
    return Tensor([sequences, 1, slots]) { out in
      out.initialize(repeating: 0)
      for first in stride(from: 0, to: usage.count, by: slots) {
        for _ in 0..<heads {
          var least = -1
          for slot in first..<first + slots where out[slot] == 0 && (least < 0 || usage[slot] < usage[least]) {
            least = slot
          }
          out[least] = 1
        }
      }
    }
  }

  private func usage(_ usage: [Float], _ r: Tensor, _ w: Tensor) -> [Float] {
    var usage = usage
    r.withElements { r in
      w.withElements { w in
        for sequence in 0..<usage.count / slots {
          for slot in 0..<slots {
            let place = sequence * slots + slot
            var sum = decay * usage[place]
            for head in 0..<heads {
              let weight = (sequence * heads + head) * slots + slot
              sum += r[weight] + w[weight]
            }
            usage[place] = sum
          }
        }
      }
    }
    return usage
  }
}
