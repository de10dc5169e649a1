import LinearAlgebra
import Testing

/// Against SciPy 1.17.
@Suite struct DecompositionTests {
  private let symmetric = Matrix(
    rows: [[4, 1, -2, 0.5], [1, 3, 0.25, -1], [-2, 0.25, 5, 1.5], [0.5, -1, 1.5, 6]])
  private let tall = Matrix(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 10], [2, -1, 0.5], [0, 3, -4]])
  private let wide = Matrix(rows: [[1, 2, 3, 4], [2, 0, 1, -1]])

  @Test func cholesky() throws {
    let cholesky = try Cholesky(symmetric)
    let lower = [
      2, 0.5, -1, 0.25, 0, 1.6583123951777, 0.45226701686664544, -0.6784005252999682, 0, 0,
      1.94819263561244, 1.0557570869636277, 0, 0, 0, 2.0886956936324648,
    ]
    #expect(farthest(cholesky.lower.matrix.elements, lower) < 1e-15)
    let solution = [
      1.4107403277000943, -1.467959166166252, 1.428497898258557, -0.6360126962340223,
    ]
    #expect(farthest(try cholesky.solve([1, -2, 3, 0.5]), solution) < 1e-14)
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try Cholesky(Matrix(rows: [[1, 2], [2, 1]]))
    }
  }

  @Test func qr() throws {
    let qr = try QR(tall)
    let upper = [
      -8.366600265340756, 0, 0, -9.083737430941392, -4.526114700901236, 0, -11.713240371477056,
      0.6407261396673298, 4.862043810368949,
    ]
    #expect(farthest(qr.upper.matrix.elements, upper) < 1e-14)
    let rotated = [
      -4.541868715470695, -1.268827133725451, -5.221472754844731, 1.14998247434577,
      2.0433474631746753,
    ]
    #expect(farthest(try qr.rotated([1, 2, 3, 4, 5]), rotated) < 1e-14)
    #expect(farthest(try qr.rotated(rotated, transposed: false), [1, 2, 3, 4, 5]) < 1e-14)
    // R x = Qᵀ b is the least-squares solution.
    let solution = [1.9070474055281863, 0.128307619693796, -1.0739254845275668]
    #expect(farthest(try qr.upper.solve(Array(rotated[..<3])), solution) < 1e-14)
  }

  @Test func triangles() throws {
    let upper = try QR(tall).upper
    let solution = try upper.solve([1, 2, 3], transposed: true)
    for column in 0..<3 {
      let value = (0..<3).reduce(0) { $0 + upper.matrix[$1, column] * solution[$1] }
      #expect(abs(value - Double(column + 1)) < 1e-14)
    }
    let singular = try QR(Matrix(rows: [[0, 1], [0, 0]])).upper
    #expect(throws: LinearAlgebraError.singular(place: 0)) { try singular.solve([1, 1]) }
  }

  @Test func eigenvalues() throws {
    let eigen = try SymmetricEigen(symmetric)
    let values = [1.1695720748141647, 3.6602764563651595, 5.68146282808537, 7.488688640735306]
    #expect(farthest(eigen.values, values) < 1e-14)
    // A vector's sign is free.
    let first = [0.5917553733296137, -0.5656653803325791, 0.4732951390119061, -0.3253305503890287]
    let sign = eigen.vectors[0, 0] < 0 ? -1.0 : 1
    #expect(farthest((0..<4).map { sign * eigen.vectors[$0, 0] }, first) < 1e-14)
  }

  @Test func singularValues() throws {
    let svd = try SVD(tall)
    let values = [17.466155908419367, 4.96801595105497, 2.1218424288458353]
    #expect(farthest(svd.values, values) < 1e-13)
    #expect(abs(svd.conditionNumber - 8.231598949560068) < 1e-13)
    for matrix in [tall, wide] {
      let svd = try SVD(matrix)
      var product = Matrix(zeros: matrix.rows, matrix.columns)
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          product[row, column] = svd.values.indices.reduce(0) {
            $0 + svd.left[row, $1] * svd.values[$1] * svd.rightTransposed[$1, column]
          }
        }
      }
      #expect(farthest(product.elements, matrix.elements) < 1e-14)
    }
  }

  @Test func leastSquares() throws {
    let full = try LeastSquares(tall, [1, 2, 3, 4, 5])
    #expect(full.rank == 3)
    let solution = [1.9070474055281863, 0.128307619693796, -1.0739254845275668]
    #expect(farthest(full.solution, solution) < 1e-14)

    let deficient = try LeastSquares(
      Matrix(rows: [[1, 2, 3], [2, 4, 6], [1, 0, 1], [0, 1, 1]]), [1, 2, 3, 4])
    #expect(deficient.rank == 2)
    let shortest = [0.6666666666666666, -0.2564102564102565, 0.41025641025641013]
    #expect(farthest(deficient.solution, shortest) < 1e-14)

    let underdetermined = [
      0.6815642458100557, 0.044692737430167495, 0.39664804469273734, -0.24022346368715097,
    ]
    #expect(farthest(try LeastSquares(wide, [1, 2]).solution, underdetermined) < 1e-14)
  }

  @Test func whatIsNotFiniteIsRefused() throws {
    let broken = Matrix(rows: [[1, .nan], [0, 1]])
    #expect(throws: LinearAlgebraError.self) { try QR(broken) }
    #expect(throws: LinearAlgebraError.self) { try SVD(broken) }
    #expect(throws: LinearAlgebraError.self) { try LeastSquares(tall, [1, 2, 3, 4, .infinity]) }
    // Above the diagonal nothing is read.
    #expect(throws: Never.self) { try Cholesky(broken) }
    #expect(throws: Never.self) { try SymmetricEigen(broken) }
  }

  private func farthest(_ first: [Double], _ second: [Double]) -> Double {
    #expect(first.count == second.count)
    return zip(first, second).map { abs($0 - $1) }.max() ?? 0
  }
}
