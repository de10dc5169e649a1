import COpenBLAS

/// The least-squares solution of A x = b of least length, by singular values: it exists whatever the
/// rank.
public struct LeastSquares: Sendable, Equatable {
  /// x. `[columns]`
  public let solution: [Double]
  /// How many singular values counted.
  public let rank: Int
  /// In decreasing order.
  public let singularValues: [Double]

  /// Solves A x = `right`.
  ///
  /// - Parameter condition: Singular values up to so much of the greatest count as zero.
  /// - Precondition: There are as many numbers as rows, and at least one column.
  /// - Throws: ``LinearAlgebraError/notConverged(operation:)``, `.notFinite`, `.unavailable`.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public init(_ matrix: Matrix, _ right: [Double], condition: Double = 1e-13) throws {
    precondition(right.count == matrix.rows && matrix.columns > 0, "one number per row")
    var destroyed = matrix.elements
    var unknowns = right
    unknowns += [Double](repeating: 0, count: max(0, matrix.columns - matrix.rows))
    var values = [Double](repeating: 0, count: min(matrix.rows, matrix.columns))
    var rank: Int32 = 0
    let operation = "least-squares solution"
    let info = try OpenBLAS.run(operation, on: matrix.elements, right) {
      copenblas_least_squares(
        Int32(matrix.rows), Int32(matrix.columns), 1, &destroyed, &unknowns, &values, condition,
        &rank)
    }
    guard info == 0 else { throw LinearAlgebraError.notConverged(operation: operation) }
    solution = Array(unknowns[..<matrix.columns])
    singularValues = values
    self.rank = Int(rank)
  }
}
