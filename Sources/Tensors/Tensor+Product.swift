import COpenBLAS

extension Tensor {
  /// The matrix product `op(self) · op(other)`, where op transposes the last two axes if asked.
  ///
  /// - Parameter other: Of the same rank; with a leading axis of tasks `[tasks, rows, columns]` both
  ///   have as many tasks, and each task's matrices are multiplied.
  /// - Returns: `[rows, columns]` or `[tasks, rows, columns]`.
  public func product(
    _ other: Tensor, transposing transposed: Bool = false, transposingOther: Bool = false
  ) -> Tensor {
    let rank = shape.rank
    precondition(rank == other.shape.rank && (rank == 2 || rank == 3), "\(shape) times \(other.shape)")
    let a = Matrices(self, transposed)
    let b = Matrices(other, transposingOther)
    precondition(
      a.columns == b.rows && a.count == b.count, "\(shape) cannot be multiplied by \(other.shape)")
    let result = Tensor(rank == 2 ? [a.rows, b.columns] : [a.count, a.rows, b.columns]) { out in
      for task in 0..<a.count {
        BLAS.product(
          transposed, transposingOther, a.rows, b.columns, a.columns,
          buffer.elements + task * a.size, shape[rank - 1],
          other.buffer.elements + task * b.size, other.shape[rank - 1],
          out.baseAddress! + task * a.rows * b.columns, b.columns)
      }
    }
    return result.recorded(from: [self, other]) { g in
      // With C = A B: dA = G Bᵀ, dB = Aᵀ G; the same read through each transposition.
      [
        !isVariable ? nil
          : transposed
            ? other.product(g, transposing: transposingOther, transposingOther: true)
            : g.product(other, transposingOther: !transposingOther),
        !other.isVariable ? nil
          : transposingOther
            ? g.product(self, transposing: true, transposingOther: transposed)
            : self.product(g, transposing: !transposed),
      ]
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
