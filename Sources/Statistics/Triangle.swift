/// An upper triangular matrix: the R of a QR decomposition.
struct Triangle: Sendable, Equatable {
  private let rows: [[Double]]

  /// Reduces a matrix with at least as many rows as columns by Householder's reflections, and
  /// applies them to `y`.
  ///
  /// - Complexity: O(rows · columns²).
  init(reducing matrix: inout [[Double]], _ y: inout [Double]) {
    let columns = matrix[0].count
    for column in 0..<columns {
      var reflector = (column..<matrix.count).map { matrix[$0][column] }
      let length = Summary.sum(reflector.map { $0 * $0 }).squareRoot()
      guard length > 0 else { continue }
      reflector[0] += reflector[0] < 0 ? -length : length
      let square = Summary.sum(reflector.map { $0 * $0 })
      for other in column..<columns {
        let products = reflector.indices.map { reflector[$0] * matrix[column + $0][other] }
        let factor = 2 * Summary.sum(products) / square
        for row in reflector.indices { matrix[column + row][other] -= factor * reflector[row] }
      }
      let products = reflector.indices.map { reflector[$0] * y[column + $0] }
      let factor = 2 * Summary.sum(products) / square
      for row in reflector.indices { y[column + row] -= factor * reflector[row] }
    }
    rows = (0..<columns).map { row in
      (0..<columns).map { $0 < row ? 0 : matrix[row][$0] }
    }
  }

  /// The solution x of R x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in rows.indices.reversed() {
      for column in (row + 1)..<max(row + 1, x.count) { x[row] -= rows[row][column] * x[column] }
      x[row] /= rows[row][row]
    }
    return x
  }

  /// The solution x of Rᵀ x = `right`.
  func solveTransposed(_ right: [Double]) -> [Double] {
    var x = right
    for row in rows.indices {
      for column in 0..<row { x[row] -= rows[column][row] * x[column] }
      x[row] /= rows[row][row]
    }
    return x
  }

  /// The greatest singular value divided by the least, by one-sided Jacobi rotations.
  var conditionNumber: Double {
    var columns = rows.indices.map { column in rows.map { $0[column] } }
    for _ in 0..<60 {
      var isDone = true
      for p in columns.indices {
        for q in (p + 1)..<max(p + 1, columns.count) {
          let α = dot(columns[p], columns[p])
          let β = dot(columns[q], columns[q])
          let γ = dot(columns[p], columns[q])
          guard abs(γ) > 1e-15 * (α * β).squareRoot() else { continue }
          isDone = false
          let ζ = (β - α) / (2 * γ)
          let tangent = (ζ < 0 ? -1 : 1) / (abs(ζ) + (1 + ζ * ζ).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          let sine = cosine * tangent
          for row in rows.indices {
            let (left, right) = (columns[p][row], columns[q][row])
            columns[p][row] = cosine * left - sine * right
            columns[q][row] = sine * left + cosine * right
          }
        }
      }
      if isDone { break }
    }
    let lengths = columns.map { dot($0, $0).squareRoot() }
    return lengths.max()! / lengths.min()!
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double {
    Summary.sum(zip(left, right).map(*))
  }
}
