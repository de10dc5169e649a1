import COpenBLAS

/// OpenBLAS, whose rate is the limit that throughput is compared with.
enum BLAS {
  /// Loads the library.
  ///
  /// - Throws: ``BLASError`` where it is not installed.
  static func load() throws {
    if let failure = copenblas_load(copenblas_fastest_core()) {
      throw BLASError(description: String(cString: failure))
    }
  }

  /// The name of the kernels in use, such as `SkylakeX`.
  static var kernels: String { String(cString: copenblas_kernels()) }

  /// The product of two square matrices that lie one behind the other.
  static func square(_ side: Int, _ pair: [Float], _ out: inout [Float]) {
    pair.withUnsafeBufferPointer { pair in
      let a = pair.baseAddress!
      copenblas_sgemm(0, 0, side, side, side, 1, a, side, a + side * side, side, 0, &out, side)
    }
  }
}

/// OpenBLAS could not be loaded.
struct BLASError: Error, CustomStringConvertible {
  /// What is missing, and how to get it.
  let description: String
}
