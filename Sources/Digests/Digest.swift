import CCrypto

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
  private var context = SHA256_CTX()

  /// The digest of nothing.
  public init() { SHA256_Init(&context) }

  /// Adds bytes as they are, without their count: a digest of nothing else is what `sha256sum`
  /// prints.
  public mutating func absorb(bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ absorb(bytes: UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { absorb(bytes: $0) }
    }
  }

  /// Adds memory as it is, without its count.
  public mutating func absorb(bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&context, bytes.baseAddress, bytes.count)
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
    withUnsafeBytes(of: value.littleEndian) { absorb(bytes: $0) }
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
    values.withUnsafeBytes { absorb(bytes: $0) }
  }

  /// The digest of what has been absorbed so far: 64 lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first eight bytes of the digest, as a big-endian number: the first 16 digits of `hex`.
  public var prefix64: UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The 32 bytes of the digest of what has been absorbed so far.
  private var bytes: [UInt8] {
    var finished = context
    return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
      SHA256_Final(buffer.baseAddress, &finished)
      count = buffer.count
    }
  }

  /// The plain SHA-256 of a text in UTF-8, as `sha256sum` prints it.
  public static func hex(of text: String) -> String {
    var digest = Digest()
    digest.absorb(bytes: text.utf8)
    return digest.hex
  }
}
