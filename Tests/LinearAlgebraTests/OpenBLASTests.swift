import Foundation
import LinearAlgebra
import Testing

@Suite struct OpenBLASTests {
  init() {
    // Has no effect where another test came first; OpenBLAS then has one thread all the more.
    setenv("OPENBLAS_NUM_THREADS", "4", 1)
    setenv("OMP_NUM_THREADS", "4", 1)
  }

  @Test func itHasOneThreadWhateverTheEnvironmentSays() throws {
    #expect(try OpenBLAS.threads == 1)
  }

  @Test func itTellsItsVersionAndKernels() throws {
    let description = try OpenBLAS.description
    #expect(description.hasPrefix("OpenBLAS 0.") && description.hasSuffix(")"), "\(description)")
    let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    if flags.contains(" avx2 "), flags.contains(" fma "),
      ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"].map({ $0 == "Haswell" }) ?? true
    {
      #expect(description.contains("(Haswell)"), "\(description)")
    }
  }

  /// Large enough for OpenBLAS to take several threads if it might.
  @Test func bitsAreEqualOverRepeatsAndFromAnyThread() async throws {
    let order = 200
    let residues = (0..<order * order).map { ($0 * 7919 + 13) % 104_729 }
    let matrix = Matrix(
      rows: order, columns: order, elements: residues.map { Double($0) / 104_729 - 0.5 })
    var positive = Matrix(zeros: order, order)
    for index in 0..<order {
      positive[index, index] = Double(order)
      for other in 0..<index { positive[index, other] = matrix[index, other] }
    }
    let (input, kernel) = (matrix, positive)
    @Sendable func numbers() throws -> [UInt64] {
      let svd = try SVD(input)
      var all: [Double] = svd.values + svd.left.elements
      all += try QR(input).upper.matrix.elements
      all += try SymmetricEigen(kernel).vectors.elements
      all += try Cholesky(kernel).lower.matrix.elements
      all += try LeastSquares(input, Array(input.elements[..<order])).solution
      return all.map(\.bitPattern)
    }
    let alone = try numbers()
    try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<8 { group.addTask { try numbers() } }
      for try await together in group { #expect(together == alone) }
    }
  }
}
