import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix.
public struct SymmetricEigen: Sendable, Equatable {
  /// In increasing order. `[n]`
  public let values: [Double]
  /// One a column, in the order of their values, of length 1. `[n, n]`
  public let vectors: Matrix

  /// Decomposes a symmetric matrix, of which only the lower triangle is read.
  ///
  /// - Precondition: It is square.
  /// - Throws: ``LinearAlgebraError/notConverged(operation:)``, `.notFinite`, `.unavailable`.
  /// - Complexity: O(n³).
  public init(_ matrix: Matrix) throws {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    let order = matrix.rows
    var vectors = matrix
    for column in 0..<order { for row in 0..<column { vectors[row, column] = 0 } }
    var values = [Double](repeating: 0, count: order)
    let operation = "eigendecomposition"
    let info = try OpenBLAS.run(operation, on: vectors.elements) {
      copenblas_symmetric_eigen(Int32(order), &vectors.elements, &values)
    }
    guard info == 0 else { throw LinearAlgebraError.notConverged(operation: operation) }
    self.values = values
    self.vectors = vectors
  }
}
