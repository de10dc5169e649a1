import COpenBLAS

/// The decomposition L Lᵀ of a symmetric positive definite matrix.
///
///     let x = try Cholesky(kernel).solve(y)
public struct Cholesky: Sendable, Equatable {
  /// The lower triangular matrix L.
  public let lower: Triangle

  /// Decomposes a symmetric matrix, of which only the lower triangle is read.
  ///
  /// - Precondition: It is square.
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``, `.notFinite`, `.unavailable`.
  /// - Complexity: O(n³).
  public init(_ matrix: Matrix) throws {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    let order = matrix.rows
    var factor = matrix
    for column in 0..<order { for row in 0..<column { factor[row, column] = 0 } }
    let info = try OpenBLAS.run("Cholesky decomposition", on: factor.elements) {
      copenblas_cholesky(Int32(order), &factor.elements)
    }
    guard info == 0 else { throw LinearAlgebraError.notPositiveDefinite(order: info) }
    lower = Triangle(matrix: factor, isUpper: false)
  }

  /// The solution x of L Lᵀ x = `right`.
  ///
  /// - Throws: ``LinearAlgebraError``.
  /// - Complexity: O(n²).
  public func solve(_ right: [Double]) throws -> [Double] {
    try lower.solve(lower.solve(right), transposed: true)
  }
}
