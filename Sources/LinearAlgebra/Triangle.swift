import COpenBLAS

/// A square matrix with zeros above or below its diagonal.
public struct Triangle: Sendable, Equatable {
  /// With its zeros. `[n, n]`
  public let matrix: Matrix
  /// Whether the zeros are below the diagonal.
  public let isUpper: Bool

  /// - Precondition: The matrix is square, and zero where it must be.
  init(matrix: Matrix, isUpper: Bool) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    self.matrix = matrix
    self.isUpper = isUpper
  }

  /// The solution x of T x = `right`, or of Tᵀ x = `right`.
  ///
  /// - Precondition: There are as many numbers as rows.
  /// - Throws: ``LinearAlgebraError/singular(place:)``, `.notFinite`, `.unavailable`.
  /// - Complexity: O(n²).
  public func solve(_ right: [Double], transposed: Bool = false) throws -> [Double] {
    precondition(right.count == matrix.rows, "one number per row")
    var solution = right
    let info = try OpenBLAS.run("solution", on: matrix.elements, right) {
      copenblas_solve_triangular(
        isUpper ? 1 : 0, transposed ? 1 : 0, Int32(right.count), 1, matrix.elements, &solution)
    }
    guard info == 0 else { throw LinearAlgebraError.singular(place: info - 1) }
    return solution
  }
}
