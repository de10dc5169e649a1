import CKernels
import Tensors

/// What an LSTM makes of its gates, as one operation: every step of a sequence has one.
package enum LSTMCell {
  /// The output h and the cells s of one more step, each `[rows, hidden]`.
  ///
  /// - Parameters:
  ///   - u: What goes into the gates i, f, o and g, whose columns follow each other: `[rows, 4 * hidden]`.
  ///   - cells: s of the step before: `[rows, hidden]`.
  package static func step(_ u: Tensor, _ cells: Tensor) -> [Tensor] {
    let (rows, hidden) = (cells.shape[0], cells.shape[1])
    // gates: σ(u) of i, f and o, and σ(2 u) of g; shown: σ(2 s).
    let out = Tensor.computed([cells.shape, cells.shape, u.shape, cells.shape], from: [u, cells]) { from, to in
      mb_lstm_cell(rows, hidden, from[0], from[1], to[2], to[3], to[1], to[0])
    }
    let (gates, shown, before) = (out[2], out[3], cells.detached)
    return Tensor.fused([u, cells], giving: [out[0], out[1]], parts: { parts($0[0], $0[1]) }) { cotangents in
      let arriving = cotangents.compactMap(\.self)
      return Tensor.computed([gates.shape, shown.shape], from: [gates, shown, before] + arriving) { from, to in
        mb_lstm_cell_backward(
          rows, hidden, from[0], from[1], from[2], cotangents[0].map { _ in from[3] },
          cotangents[1].map { _ in from.last! }, to[0], to[1])
      }
    }
  }

  /// The same, operation by operation.
  package static func parts(_ u: Tensor, _ cells: Tensor) -> [Tensor] {
    let u = u.split(1, into: 4)
    let (i, f, o) = (u[0].logistic(), u[1].logistic(), u[2].logistic())
    let s = f * cells + i * u[3].gateTanh()
    return [o * s.gateTanh(), s]
  }
}
