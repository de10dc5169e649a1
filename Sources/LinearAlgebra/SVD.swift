import COpenBLAS

/// The singular value decomposition U Σ Vᵀ of a matrix.
public struct SVD: Sendable, Equatable {
  /// The singular values, in decreasing order. `[k]`, k the lesser of rows and columns
  public let values: [Double]
  /// U, a singular vector a column. `[rows, k]`
  public let left: Matrix
  /// Vᵀ, a singular vector a row. `[k, columns]`
  public let rightTransposed: Matrix

  /// Decomposes a matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notConverged(operation:)``, `.notFinite`, `.unavailable`.
  /// - Complexity: O(rows · columns · k).
  public init(_ matrix: Matrix) throws {
    let least = min(matrix.rows, matrix.columns)
    var destroyed = matrix.elements
    var values = [Double](repeating: 0, count: least)
    var left = Matrix(zeros: matrix.rows, least)
    var right = Matrix(zeros: least, matrix.columns)
    let operation = "singular value decomposition"
    let info = try OpenBLAS.run(operation, on: matrix.elements) {
      copenblas_svd(
        Int32(matrix.rows), Int32(matrix.columns), &destroyed, &values, &left.elements,
        &right.elements)
    }
    guard info == 0 else { throw LinearAlgebraError.notConverged(operation: operation) }
    self.values = values
    self.left = left
    rightTransposed = right
  }

  /// The greatest singular value divided by the least: the 2-norm condition number.
  ///
  /// - Precondition: There is a singular value.
  public var conditionNumber: Double { values[0] / values[values.count - 1] }
}
