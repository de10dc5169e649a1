import CArchive
import Digests
import Foundation

/// A file of the format idx, as it is or compressed with gzip: bytes behind their shape.
///
/// It begins with two zeros, the type (8: unsigned bytes) and the number of axes, and then the length of
/// every axis in four bytes, the highest first.
struct IdxFile {
  /// The lengths of the axes, outermost first.
  let shape: [Int]
  let values: [UInt8]
  /// The hexadecimal SHA-256 of the file when it is not compressed.
  let digest: String

  /// - Parameter limit: The most bytes that are read, so that a small file cannot fill the memory.
  /// - Throws: `EpisodesError.unreadable`, `.notMNIST`.
  init(reading url: URL, limit: Int) throws {
    let content = try Self.content(of: url, limit: limit)
    func foreign(_ reason: String) -> EpisodesError {
      .notMNIST(file: url.path, reason: reason)
    }
    guard content.count >= 4, content[0] == 0, content[1] == 0, content[2] == 8,
      (1...3).contains(content[3])
    else { throw foreign("it does not begin as a file of the format idx") }
    let header = 4 + 4 * Int(content[3])
    guard content.count >= header else { throw foreign("its end is missing") }
    let shape = stride(from: 4, to: header, by: 4).map { place in
      content[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    // Three lengths of 32 bits may be more than an integer holds.
    let count = shape.map(Double.init).reduce(1, *)
    guard Double(content.count - header) == count else {
      throw foreign(
        "it says that it is \(shape.map(String.init).joined(separator: " x ")), but holds"
          + " \(content.count - header) bytes")
    }
    self.shape = shape
    values = Array(content[header...])
    var digest = Digest()
    digest.absorb(bytes: content)
    self.digest = digest.hex
  }

  private static func content(of url: URL, limit: Int) throws -> [UInt8] {
    guard let archive = archive_read_new() else { preconditionFailure("out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    archive_read_support_filter_gzip(archive)
    func reason() -> String {
      archive_error_string(archive).map { String(cString: $0) } ?? "libarchive does not say why"
    }
    guard archive_read_open_filename(archive, url.path, 1 << 16) == ARCHIVE_OK else {
      // Whatever can be read, but not as its beginning promises, is damaged.
      throw (try? FileHandle(forReadingFrom: url).read(upToCount: 1)) == nil
        ? EpisodesError.unreadable(file: url.path, reason: reason())
        : EpisodesError.notMNIST(file: url.path, reason: reason())
    }
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return [] }
    guard status == ARCHIVE_OK else {
      throw EpisodesError.notMNIST(file: url.path, reason: reason())
    }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while content.count <= limit {
      let count = archive_read_data(archive, &buffer, buffer.count)
      if count == 0 { return content }
      guard count > 0 else {
        throw EpisodesError.notMNIST(file: url.path, reason: reason())
      }
      content += buffer[..<count]
    }
    throw EpisodesError.notMNIST(file: url.path, reason: "it holds more than \(limit) bytes")
  }
}
