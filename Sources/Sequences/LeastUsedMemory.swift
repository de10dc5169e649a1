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
  /// The number of keys that read and write at each step.
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
    /// `[sequences, 1, slots]`, a constant.
    package var usage: Tensor
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
      usage: .zeros([sequences, 1, slots]))
  }

  /// Writes, then reads.
  ///
  /// - Parameters:
  ///   - keys: `[sequences, heads, width]`.
  ///   - writing: What is written, of the same shape.
  ///   - gates: `[sequences, heads, 1]`, in 0...1.
  /// - Returns: What was read: `[sequences, heads, width]`.
  package func step(_ state: inout State, keys: Tensor, writing: Tensor, gates: Tensor) -> Tensor {
    let (results, usage) = fusedStep(
      [state.content, state.reading, keys, writing, gates], unused: leastUsed(state.usage), usage: state.usage)
    state = State(content: results[0], reading: results[1], usage: usage)
    return results[2]
  }

  /// u: `[sequences, 1, slots]`, a constant.
  package func leastUsed(_ usage: Tensor) -> Tensor {
    Tensor(usage.shape) { out in
      out.initialize(repeating: 0)
      usage.withElements { usage in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: heads + 1) { least in
          for first in stride(from: 0, to: usage.count, by: slots) {
            // Those found so far, by usage and, where it is equal, by place; one more is pushed out at the end.
            for slot in 0..<slots {
              var place = min(slot, heads)
              if place == heads, !(usage[first + slot] < usage[least[heads - 1]]) { continue }
              while place > 0, usage[first + slot] < usage[least[place - 1]] {
                least[place] = least[place - 1]
                place -= 1
              }
              least[place] = first + slot
            }
            for head in 0..<heads { out[least[head]] = 1 }
          }
        }
      }
    }
  }
}
