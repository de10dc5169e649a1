import CKernels

extension Tensor {
  /// The matrix product `op(self) · op(other)`, where op transposes the last two axes if asked.
  ///
  /// - Parameter other: Of the same rank; with a leading axis of tasks `[tasks, rows, columns]` both
  ///   have as many tasks, and each task's matrices are multiplied.
  /// - Returns: `[rows, columns]` or `[tasks, rows, columns]`.
  public func product(
    _ other: Tensor, transposing transposed: Bool = false, transposingOther: Bool = false
  ) -> Tensor {
    product(
      other, transposing: transposed, transposingOther: transposingOther,
      right: transposingOther ? other.swappingLastAxes() : other)
  }

  /// - Parameter right: `op(other)`, a constant.
  func product(
    _ other: Tensor, transposing transposed: Bool = false, transposingOther: Bool, right: Tensor
  ) -> Tensor {
    let rank = shape.rank
    precondition(rank == other.shape.rank && (rank == 2 || rank == 3), "\(shape) times \(other.shape)")
    let a = Matrices(self, transposed)
    let b = Matrices(other, transposingOther)
    precondition(
      a.columns == b.rows && a.count == b.count, "\(shape) cannot be multiplied by \(other.shape)")
    let result = Tensor(rank == 2 ? [a.rows, b.columns] : [a.count, a.rows, b.columns]) { out in
      // Rows of a large product are spread over threads.
      let block = a.count == 1 && a.rows * b.columns * a.columns > 1 << 22 ? 48 : max(1, a.rows)
      let step = transposed ? a.rows : 1
      let distance = transposed ? 1 : a.columns
      Workers.forEach((a.rows + block - 1) / block) { index in
        let first = index * block
        mb_product(
          a.count, min(block, a.rows - first), b.columns, a.columns,
          buffer.elements + first * distance, a.size, distance, step,
          right.buffer.elements, b.size, b.columns, 0,
          out.baseAddress! + first * b.columns, a.rows * b.columns, b.columns)
      }
    }
    return result.recorded(from: origin, other.origin) { g, flow in
      // With C = A B: dA = G Bᵀ, dB = Aᵀ G; the same read through each transposition.
      flow.add(
        transposed
          ? other.product(g, transposing: transposingOther, transposingOther: true)
          : g.product(other, transposingOther: !transposingOther), to: origin)
      flow.add(
        transposingOther
          ? g.product(self, transposing: true, transposingOther: transposed)
          : product(g, transposing: !transposed), to: other.origin)
    }
  }
}

extension Tensor {
  /// `self · weight`, one of many products with the same weight, as a recurrent network makes one at each step.
  ///
  /// The value is that of ``product(_:transposing:transposingOther:)``. What flows back to the weight is found for
  /// all of them together, which is faster where each has few rows.
  ///
  /// - Parameter weight: `[in, out]`, for inputs `[rows, in]`.
  public func repeatedProduct(_ weight: Tensor) -> Tensor {
    precondition(weight.shape.rank == 2, "a weight of tasks cannot be shared by products: \(weight.shape)")
    return detached.product(weight.detached).recorded(from: origin, weight.origin) { g, flow in
      flow.add(g, ofRepeated: self, weight)
    }
  }

  /// A fully connected layer in one pass: `self · weight + bias`, then ReLU if asked.
  ///
  /// - Parameters:
  ///   - weight: `[in, out]` for inputs `[examples, in]`, or `[tasks, in, out]` for `[tasks, examples, in]`.
  ///   - bias: `[out]` or `[tasks, out]`.
  ///   - isRepeated: Whether it is one of many with the same weight (``repeatedProduct(_:)``), which has no tasks then.
  public func affine(_ weight: Tensor, _ bias: Tensor, relu: Bool, isRepeated: Bool = false) -> Tensor {
    let rank = shape.rank
    precondition(!isRepeated || rank == 2, "a weight of tasks cannot be shared by products: \(weight.shape)")
    let y = detached.product(weight.detached)
    let (rows, columns) = (y.shape[rank - 2], y.shape[rank - 1])
    precondition(bias.count * rows == y.count, "a bias \(bias.shape) does not fit outputs \(y.shape)")
    mb_shift_rows(
      y.count / max(1, rows * columns), rows, columns, bias.buffer.elements, relu ? 1 : 0,
      y.buffer.elements)
    return y.recorded(from: origin, weight.origin, bias.origin) {
      [bias = Outline(bias)] g, flow in
      let g = relu ? g.gated(by: y) : g
      var row = y.shape
      row[rank - 2] = 1
      if isRepeated {
        flow.add(g, ofRepeated: self, weight)
      } else {
        flow.add(g.product(weight, transposingOther: true), to: origin)
        flow.add(product(g, transposing: true), to: weight.origin)
      }
      flow.add(g.summed(to: row).reshaped(bias.shape), to: bias.origin)
    }
  }
}

/// A tensor seen as equally large matrices.
private struct Matrices {
  let count: Int
  let rows: Int
  let columns: Int
  var size: Int { rows * columns }

  init(_ tensor: Tensor, _ transposed: Bool) {
    let shape = tensor.shape
    let rank = shape.rank
    count = rank == 3 ? shape[0] : 1
    rows = shape[transposed ? rank - 1 : rank - 2]
    columns = shape[transposed ? rank - 2 : rank - 1]
  }
}
