import CArchive
import Foundation

/// The files in a zip or (compressed) tar archive, or in a folder as if it were one.
package enum ArchiveFile {
  /// The endings of archives' names.
  static let endings = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2"]

  /// How files begin that are or were zip archives, or compressed with gzip, xz or bzip2.
  private static let beginnings: [[UInt8]] = [
    [0x50, 0x4b], [0x1f, 0x8b], [0xfd, 0x37], [0x42, 0x5a],
  ]

  /// Calls `body` with the path and the content of every file that is wanted, in no fixed order.
  ///
  /// - Parameters:
  ///   - limit: The most bytes of a file that is wanted, so that a small archive cannot fill the memory.
  ///   - wanted: What is made of a file's path, to be handed on; nil for files that are not read.
  /// - Throws: `EpisodesError.unreadable`, `.notAnArchive`, `.damagedArchive`, `.tooLarge`, and what `wanted` and
  ///   `body` throw.
  /// - Complexity: Compressed tar archives are read from end to end.
  package static func forEachFile<Wanted>(
    in url: URL, limit: Int, _ wanted: (_ path: String) throws -> Wanted?,
    _ body: (_ wanted: Wanted, _ path: String, _ content: [UInt8]) throws -> Void
  ) throws {
    if try isFolder(url) {
      for path in try FolderFiles(in: url).paths {
        guard let file = try wanted(path) else { continue }
        let place = url.appendingPathComponent(path)
        let size = (try? FileManager.default.attributesOfItem(atPath: place.path)[.size] as? Int) ?? 0
        guard size <= limit else { throw EpisodesError.tooLarge(entry: path, file: url.path, limit: limit) }
        try body(file, path, bytes(of: place))
      }
    } else {
      try forEachEntry(of: url) { path, archive, entry in
        guard let file = try wanted(path) else { return }
        try body(file, path, content(of: archive, entry, path, url, limit))
      }
    }
  }

  /// Whether `url` is a folder.
  ///
  /// - Throws: `EpisodesError.unreadable` if there is nothing at all.
  static func isFolder(_ url: URL) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw EpisodesError.unreadable(file: url.path, reason: "there is no such file")
    }
    return isFolder.boolValue
  }

  /// Whether a file is an archive, by its name.
  static func isArchive(_ path: String) -> Bool {
    endings.contains(where: path.lowercased().hasSuffix)
  }

  /// Whether a file, or a folder that it is in, is hidden. Besides images, archives may hold the Finder's
  /// copies of their attributes: `.../._name.jpg`. The `.` of `./folder/name.jpg` hides nothing.
  static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != "." }
  }

  /// The content of a file that is in no archive.
  ///
  /// - Throws: `EpisodesError.unreadable`.
  static func bytes(of url: URL) throws -> [UInt8] {
    Array(try data(of: url))
  }

  /// The same.
  ///
  /// - Parameter isMapped: Whether the file is read only as far as its content is used.
  static func data(of url: URL, isMapped: Bool = false) throws -> Data {
    do {
      return try Data(contentsOf: url, options: isMapped ? .alwaysMapped : [])
    } catch {
      throw EpisodesError.unreadable(file: url.path, reason: error.localizedDescription)
    }
  }

  private static func forEachEntry(
    of url: URL,
    _ body: (_ path: String, _ archive: OpaquePointer, _ entry: OpaquePointer) throws -> Void
  ) throws {
    guard let archive = archive_read_new() else { preconditionFailure("out of memory") }
    defer { archive_read_free(archive) }
    // The seekable reader starts from the directory at the archive's end, so that a zip archive that
    // was cut off is refused at once.
    archive_read_support_format_zip_seekable(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_bzip2(archive)
    guard archive_read_open_filename(archive, url.path, 1 << 16) == ARCHIVE_OK else {
      guard let start = try? FileHandle(forReadingFrom: url).read(upToCount: 2) else {
        throw EpisodesError.unreadable(file: url.path, reason: message(of: archive))
      }
      throw EpisodesError.notAnArchive(
        file: url.path, isTruncated: beginnings.contains(Array(start)))
    }
    while true {
      var next: OpaquePointer?
      let status = archive_read_next_header(archive, &next)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = next,
        let path = archive_entry_pathname(entry).map({ String(cString: $0) })
      else { throw EpisodesError.damagedArchive(file: url.path, reason: message(of: archive)) }
      if archive_entry_filetype(entry) & S_IFMT != S_IFDIR { try body(path, archive, entry) }
    }
  }

  /// The whole content of the entry that `archive` stands at.
  private static func content(
    of archive: OpaquePointer, _ entry: OpaquePointer, _ path: String, _ url: URL, _ limit: Int
  ) throws -> [UInt8] {
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else {
      throw EpisodesError.linkInArchive(entry: path, file: url.path)
    }
    var content: [UInt8] = []
    // What the archive says is no more than a hint.
    content.reserveCapacity(min(max(0, Int(archive_entry_size(entry))), limit))
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = archive_read_data(archive, &buffer, buffer.count)
      if count == 0 { return content }
      guard count > 0 else {
        throw EpisodesError.damagedArchive(file: url.path, reason: message(of: archive))
      }
      guard content.count + count <= limit else {
        throw EpisodesError.tooLarge(entry: path, file: url.path, limit: limit)
      }
      content += buffer[..<count]
    }
  }

  private static func message(of archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "libarchive does not say why"
  }
}
