import CHDF5

/// A kind of number that datasets hold: `Float`, `Double`, `Int64`, `UInt64` and `UInt8`.
public protocol HDF5Element: BitwiseCopyable, Sendable {
  /// The word that error messages use for it.
  static var elementName: String { get }
  /// HDF5's identifier of the type in memory; only for the library's own use.
  static var nativeType: Int64 { get }
  /// The value of memory that nothing has been read into.
  static var zero: Self { get }
}

extension Float: HDF5Element {
  public static var elementName: String { "float32" }
  public static var nativeType: Int64 { chdf5_float32() }
}

extension Double: HDF5Element {
  public static var elementName: String { "float64" }
  public static var nativeType: Int64 { chdf5_float64() }
}

extension Int64: HDF5Element {
  public static var elementName: String { "int64" }
  public static var nativeType: Int64 { chdf5_int64() }
}

extension UInt64: HDF5Element {
  public static var elementName: String { "uint64" }
  public static var nativeType: Int64 { chdf5_uint64() }
}

extension UInt8: HDF5Element {
  public static var elementName: String { "uint8" }
  public static var nativeType: Int64 { chdf5_uint8() }
}
