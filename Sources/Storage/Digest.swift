import Crypto

/// A SHA-256 digest built piece by piece.
///
///     var digest = Digest()
///     digest.absorb("accuracy")
///     digest.absorb([0.5, 1.0])
///     print(digest.hex)
///
/// Values are framed (their count goes first) and little-endian, so different sequences of values
/// never give the same input. Only `absorb(bytes:)` adds bytes as they are.
public struct Digest: Sendable {
  private var hash = SHA256()

  /// The digest of nothing.
  public init() {}

  /// Adds bytes as they are, without their count: a digest of nothing else is what `sha256sum`
  /// prints.
  public mutating func absorb(bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: .init($0)) }) == nil {
      Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
  }

  /// Adds memory as it is, without its count.
  public mutating func absorb(bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// Adds the count and the bytes of `text` in UTF-8.
  public mutating func absorb(_ text: String) {
    absorb(text.utf8.count)
    absorb(bytes: text.utf8)
  }

  /// Adds one integer as eight bytes.
  public mutating func absorb(_ value: Int) {
    absorb(UInt64(bitPattern: Int64(value)))
  }

  /// Adds one integer as eight bytes.
  public mutating func absorb(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { hash.update(bufferPointer: $0) }
  }

  /// Adds the bits of one number.
  public mutating func absorb(_ value: Double) {
    absorb(value.bitPattern)
  }

  /// Adds the count and the values.
  public mutating func absorb(_ values: [Int]) {
    absorbArray(values)
  }

  /// Adds the count and the bits of the values.
  public mutating func absorb(_ values: [Float]) {
    absorbArray(values)
  }

  /// Adds the count and the bits of the values.
  public mutating func absorb(_ values: [Double]) {
    absorbArray(values)
  }

  /// Adds the count and the values.
  public mutating func absorb(_ values: [UInt64]) {
    absorbArray(values)
  }

  /// Adds the count and the bytes.
  public mutating func absorb(_ values: [UInt8]) {
    absorbArray(values)
  }

  private mutating func absorbArray<Element: BitwiseCopyable>(_ values: [Element]) {
    // Every machine that Swift on Linux runs on is little-endian, so memory is hashed as it is.
    absorb(values.count)
    values.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The digest of what has been absorbed so far: 64 lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in hash.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first eight bytes of the digest, as a big-endian number: the first 16 digits of `hex`.
  public var prefix64: UInt64 {
    hash.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The plain SHA-256 of a text in UTF-8, as `sha256sum` prints it.
  public static func hex(of text: String) -> String {
    var digest = Digest()
    digest.absorb(bytes: text.utf8)
    return digest.hex
  }
}
