import COpenBLAS

/// The library that computes: OpenBLAS's LAPACK, on one thread, so that bits repeat.
///
/// Its kernels are by default those that nearly all x86-64 CPUs can run, rather than the fastest that
/// this one can: what is computed here is small, and comes out the same on most machines.
public enum OpenBLAS {
  /// The library's version and the core whose kernels it uses, as in `OpenBLAS 0.3.21 (Haswell)`.
  ///
  /// - Throws: ``LinearAlgebraError/unavailable(_:)``.
  public static var description: String {
    get throws {
      try load()
      // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...".
      let version = String(cString: copenblas_configuration()).split(separator: " ").prefix(2)
      return "\(version.joined(separator: " ")) (\(String(cString: copenblas_kernels())))"
    }
  }

  /// How many threads it uses.
  ///
  /// - Throws: ``LinearAlgebraError/unavailable(_:)``.
  package static var threads: Int {
    get throws {
      try load()
      return Int(copenblas_threads())
    }
  }

  /// Loads the library if that has not been done yet.
  ///
  /// - Throws: ``LinearAlgebraError/unavailable(_:)``.
  private static func load() throws {
    if let failure = copenblas_load(copenblas_common_core()) {
      throw LinearAlgebraError.unavailable(String(cString: failure))
    }
  }

  /// Calls LAPACK on finite numbers.
  ///
  /// - Parameter call: Returns LAPACK's `info`.
  /// - Returns: `info` where it is 0 or above: what that means is the operation's.
  /// - Throws: ``LinearAlgebraError``.
  static func run(_ operation: String, on arrays: [Double]..., call: () -> Int32) throws -> Int {
    try load()
    guard arrays.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw LinearAlgebraError.notFinite(operation: operation)
    }
    let info = Int(call())
    if info < 0 { throw LinearAlgebraError.outOfMemory(operation: operation) }
    return info
  }
}
