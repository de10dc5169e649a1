import CArchive
import Foundation

/// The files in a zip archive, or in a folder as if it were one.
enum Archive {
  /// Calls `body` with the path and the content of every file that `isWanted`, in no fixed order.
  ///
  /// - Throws: `EpisodesError.unreadable`, `.notAnArchive`, `.damagedArchive`, and what `body`
  ///   throws.
  static func forEachFile(
    in url: URL, where isWanted: (_ path: String) -> Bool,
    _ body: (_ path: String, _ content: [UInt8]) throws -> Void
  ) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw EpisodesError.unreadable(file: url.path, reason: "there is no such file")
    }
    if isFolder.boolValue {
      for path in try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
      where isWanted(path) {
        try body(path, bytes(of: url.appendingPathComponent(path)))
      }
    } else {
      try forEachEntry(ofZip: url, where: isWanted, body)
    }
  }

  private static func bytes(of url: URL) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: url))
    } catch {
      throw EpisodesError.unreadable(file: url.path, reason: error.localizedDescription)
    }
  }

  private static func forEachEntry(
    ofZip url: URL, where isWanted: (String) -> Bool, _ body: (String, [UInt8]) throws -> Void
  ) throws {
    let archive = archive_read_new()
    defer { archive_read_free(archive) }
    // The seekable reader starts from the directory at the archive's end, so that an archive that
    // was cut off is refused at once.
    archive_read_support_format_zip_seekable(archive)
    guard archive_read_open_filename(archive, url.path, 1 << 16) == ARCHIVE_OK else {
      guard let start = try? FileHandle(forReadingFrom: url).read(upToCount: 2) else {
        throw EpisodesError.unreadable(file: url.path, reason: message(of: archive))
      }
      throw EpisodesError.notAnArchive(file: url.path, isTruncated: start == Data("PK".utf8))
    }
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN,
        let path = archive_entry_pathname(entry).map({ String(cString: $0) })
      else { throw EpisodesError.damagedArchive(file: url.path, reason: message(of: archive)) }
      guard isWanted(path) else { continue }
      try body(path, content(of: archive, url))
    }
  }

  /// The whole content of the entry that `archive` stands at.
  private static func content(of archive: OpaquePointer?, _ url: URL) throws -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = archive_read_data(archive, &buffer, buffer.count)
      if count == 0 { return content }
      guard count > 0 else {
        throw EpisodesError.damagedArchive(file: url.path, reason: message(of: archive))
      }
      content += buffer[..<count]
    }
  }

  private static func message(of archive: OpaquePointer?) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "libarchive does not say why"
  }
}
