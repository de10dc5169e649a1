import Foundation

/// The last 16 bytes of every file that is written here: a mark and a checksum of all before it.
///
/// HDF5 crashes on some damaged files instead of reporting them, so it gets to see a marked file
/// only after its checksum was found right. HDF5 itself and other readers ignore bytes after the
/// end of a file's content.
enum Trailer {
  private static let mark: UInt64 = 0x3176_6863_6e65_626d  // "mbench" and "v1" in the file
  private static let size = 16

  /// The trailer for a file of these bytes.
  static func bytes(for content: [UInt8]) -> [UInt8] {
    var checksum = Checksum(length: content.count)
    content.withUnsafeBytes { checksum.absorb($0) }
    return [mark, checksum.value].flatMap { value in
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
  }

  /// Whether an open file ends with a trailer, right or wrong.
  ///
  /// - Throws: `StorageError.notReadable`.
  static func exists(_ descriptor: Int32, path: String) throws -> Bool {
    let length = lseek(descriptor, 0, SEEK_END)
    guard length > size else { return false }
    var word: UInt64 = 0
    let got = pread(descriptor, &word, MemoryLayout<UInt64>.size, length - off_t(size))
    guard got == MemoryLayout<UInt64>.size else {
      throw StorageError.reading(path, errno: got < 0 ? errno : EIO)
    }
    return word == mark.littleEndian
  }

  /// Whether an open file has no trailer, or a right one.
  ///
  /// - Throws: `StorageError.notReadable`.
  static func isRight(_ descriptor: Int32, path: String) throws -> Bool {
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length > size else { return true }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    func read(_ count: Int, at offset: Int) throws {
      var done = 0
      while done < count {
        let got = pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw StorageError.reading(path, errno: got < 0 ? errno : EIO) }
        done += got
      }
    }
    try read(size, at: length - size)
    guard buffer.load(as: UInt64.self) == mark.littleEndian else { return true }
    let expected = UInt64(littleEndian: buffer.load(fromByteOffset: 8, as: UInt64.self))
    var checksum = Checksum(length: length - size)
    var offset = 0
    while offset < length - size {
      let count = min(buffer.count, length - size - offset)
      try read(count, at: offset)
      checksum.absorb(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
    return checksum.value == expected
  }
}

/// A fast checksum: a change within one aligned group of eight bytes never goes unnoticed, any
/// other with probability 2⁻⁶⁴.
private struct Checksum {
  private(set) var value: UInt64

  /// The checksum of nothing yet, of a file that will have `length` bytes.
  init(length: Int) {
    value = 0x9e37_79b9_7f4a_7c15 ^ UInt64(length)
  }

  /// Adds bytes; only the last piece may have a length that is no multiple of eight.
  mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
    let whole = bytes.count & ~7
    for offset in stride(from: 0, to: whole, by: 8) {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    if whole < bytes.count {
      mix(bytes[whole...].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0xd6e8_feb8_6659_fd93
    value ^= value >> 32
  }
}
