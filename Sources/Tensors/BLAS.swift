import COpenBLAS

/// The matrix products of OpenBLAS, with the best kernels that the CPU supports.
public enum BLAS {
  /// Loads the library.
  ///
  /// - Throws: ``BLASError`` where it is not installed.
  public static func load() throws {
    if let failure = copenblas_load() { throw BLASError(description: String(cString: failure)) }
  }

  /// The name of the kernels in use, such as `SkylakeX`.
  public static var kernels: String {
    _ = isLoaded
    return String(cString: copenblas_kernels())
  }

  /// How the library was built, in its own words.
  public static var configuration: String {
    _ = isLoaded
    return String(cString: copenblas_configuration())
  }

  private static let isLoaded: Bool = {
    if let failure = copenblas_load() { fatalError(String(cString: failure)) }
    return true
  }()

  /// `c = op(a) op(b) + scale c`, row-major, where op(a) is m x k and op(b) is k x n.
  @inline(__always)
  static func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int,
    addingTo scale: Float = 0, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) {
    _ = isLoaded
    copenblas_sgemm(transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, 1, a, lda, b, ldb, scale, c, ldc)
  }
}

/// OpenBLAS could not be loaded.
public struct BLASError: Error, CustomStringConvertible {
  /// What is missing, and how to get it.
  public let description: String
}
