import Foundation

/// The last bytes of every file that is written here: a mark and a checksum of what is before it.
///
/// HDF5 crashes on some damaged files instead of reporting them, so it gets to see a marked file
/// only after its checksum was found right. HDF5 itself and other readers ignore bytes after the
/// end of a file's content.
///
/// The mark is followed by the checksum. In a file so large that reading it all would take long, the
/// values of one dataset, which HDF5 hands on as they are, are left out; which bytes those are stands
/// before the mark.
package enum Trailer {
  private static let mark: UInt64 = 0x3176_6863_6e65_626d  // "mbench" and "v1" in the file
  private static let markLeavingOut: UInt64 = 0x3276_6863_6e65_626d  // "mbench" and "v2"
  private static let size = 16
  /// Of what a checksum is taken of: seconds of reading.
  private static let mostBytes = 16_000_000_000

  /// The trailer for a file of these bytes.
  package static func bytes(for content: [UInt8]) -> [UInt8] {
    var checksum = Checksum(length: content.count)
    content.withUnsafeBytes { checksum.absorb($0) }
    return bytes(of: [mark, checksum.value])
  }

  /// The trailer for an open file whose checksum leaves out some of its bytes.
  ///
  /// - Throws: `StorageError.notReadable`.
  static func bytes(
    for descriptor: Int32, leavingOut range: Range<Int>, path: String
  ) throws -> [UInt8] {
    let length = Int(lseek(descriptor, 0, SEEK_END))
    let checksum = try checksum(of: descriptor, length: length, leavingOut: range, path)
    return bytes(
      of: [UInt64(range.lowerBound), UInt64(range.upperBound), markLeavingOut, checksum])
  }

  /// Whether an open file ends with a trailer, right or wrong.
  ///
  /// - Throws: `StorageError.notReadable`.
  static func exists(_ descriptor: Int32, path: String) throws -> Bool {
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length > size else { return false }
    let word = try words(1, of: descriptor, at: length - size, path)[0]
    return word == mark || word == markLeavingOut
  }

  /// Whether an open file has no trailer, or a right one.
  ///
  /// - Throws: `StorageError.notReadable`.
  static func isRight(_ descriptor: Int32, path: String) throws -> Bool {
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length > size else { return true }
    let last = try words(2, of: descriptor, at: length - size, path)
    switch last[0] {
    case mark:
      let content = length - size
      return try last[1]
        == checksum(of: descriptor, length: content, leavingOut: content..<content, path)
    case markLeavingOut:
      let content = length - 2 * size
      guard content > 0 else { return false }
      let ends = try words(2, of: descriptor, at: content, path)
      guard ends[0] <= ends[1], ends[1] <= UInt64(content) else { return false }
      return try last[1]
        == checksum(
          of: descriptor, length: content, leavingOut: Int(ends[0])..<Int(ends[1]), path)
    default:
      return true
    }
  }

  /// The checksum of the first `length` bytes of a file without those in `range`, and of its ends.
  private static func checksum(
    of descriptor: Int32, length: Int, leavingOut range: Range<Int>, _ path: String
  ) throws -> UInt64 {
    // A file without a byte on the disk may have any length.
    guard length - range.count <= mostBytes else {
      throw StorageError.damaged(file: path, reason: "it is too long")
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var checksum = Checksum(length: length)
    for part in [0..<range.lowerBound, range.upperBound..<length] {
      for offset in stride(from: part.lowerBound, to: part.upperBound, by: buffer.count) {
        let piece = UnsafeMutableRawBufferPointer(
          rebasing: buffer[..<min(buffer.count, part.upperBound - offset)])
        try read(piece, of: descriptor, at: offset, path)
        checksum.absorb(UnsafeRawBufferPointer(piece))
      }
    }
    if range.lowerBound < length {
      bytes(of: [UInt64(range.lowerBound), UInt64(range.upperBound)])
        .withUnsafeBytes { checksum.absorb($0) }
    }
    return checksum.value
  }

  private static func bytes(of words: [UInt64]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  }

  private static func words(
    _ count: Int, of descriptor: Int32, at offset: Int, _ path: String
  ) throws -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    try words.withUnsafeMutableBytes { try read($0, of: descriptor, at: offset, path) }
    return words.map(UInt64.init(littleEndian:))
  }

  /// Fills `buffer` from an open file.
  ///
  /// - Throws: `StorageError.notReadable`, also where the file ends too soon.
  static func read(
    _ buffer: UnsafeMutableRawBufferPointer, of descriptor: Int32, at offset: Int, _ path: String
  ) throws {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw StorageError.reading(path, errno: got < 0 ? errno : EIO) }
      done += got
    }
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
