import COpenBLAS

/// The decomposition Q R of a matrix with at least as many rows as columns, by Householder's
/// reflections.
///
/// - Reference: Trefethen and Bau, Numerical Linear Algebra, lecture 10.
public struct QR: Sendable, Equatable {
  /// The upper triangular matrix R. `[columns, columns]`
  public let upper: Triangle
  /// The reflections that make Q, below the diagonal. `[rows, columns]`
  private let reflectors: Matrix
  private let factors: [Double]

  /// Decomposes a matrix.
  ///
  /// - Precondition: It has at least as many rows as columns.
  /// - Throws: ``LinearAlgebraError/notFinite(operation:)``, `.unavailable`.
  /// - Complexity: O(rows · columns²).
  public init(_ matrix: Matrix) throws {
    precondition(matrix.rows >= matrix.columns, "at least as many rows as columns")
    var packed = matrix
    var factors = [Double](repeating: 0, count: matrix.columns)
    _ = try OpenBLAS.run("QR decomposition", on: matrix.elements) {
      copenblas_qr(Int32(matrix.rows), Int32(matrix.columns), &packed.elements, &factors)
    }
    var upper = Matrix(zeros: matrix.columns, matrix.columns)
    for column in 0..<matrix.columns {
      for row in 0...column { upper[row, column] = packed[row, column] }
    }
    self.upper = Triangle(matrix: upper, isUpper: true)
    reflectors = packed
    self.factors = factors
  }

  /// Qᵀ `vector`, or Q `vector`, with all columns of the full Q. `[rows]`
  ///
  /// - Precondition: There are as many numbers as rows.
  /// - Throws: ``LinearAlgebraError``.
  /// - Complexity: O(rows · columns).
  public func rotated(_ vector: [Double], transposed: Bool = true) throws -> [Double] {
    precondition(vector.count == reflectors.rows, "one number per row")
    var result = vector
    _ = try OpenBLAS.run("rotation", on: vector) {
      copenblas_apply_q(
        transposed ? 1 : 0, Int32(vector.count), 1, Int32(factors.count), reflectors.elements,
        factors, &result)
    }
    return result
  }
}
