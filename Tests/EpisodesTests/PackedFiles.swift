import CArchive
import Foundation

/// Files by path, to be packed into an archive or laid into a folder.
struct PackedFiles {
  var files: [String: [UInt8]] = [:]
  /// Symbolic links of a tar archive, with what they lead to.
  var links: [String: String] = [:]

  init(files: [String: [UInt8]] = [:], links: [String: String] = [:]) {
    self.files = files
    self.links = links
  }

  /// The files of an archive; none of one that cannot be read.
  init(reading url: URL) {
    let archive = archive_read_new()
    archive_read_support_format_all(archive)
    archive_read_support_filter_all(archive)
    archive_read_open_filename(archive, url.path, 1 << 16)
    var entry: OpaquePointer?
    while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
      var content = [UInt8](repeating: 0, count: Int(archive_entry_size(entry)))
      if archive_read_data(archive, &content, content.count) == content.count {
        files[String(cString: archive_entry_pathname(entry))] = content
      }
    }
    archive_read_free(archive)
  }

  /// A tar archive, compressed as the ending of its name says: `.tar`, `.tar.gz` or `.tar.xz`.
  func writeTar(_ url: URL) {
    let archive = archive_write_new()
    archive_write_set_format_pax_restricted(archive)
    if url.path.hasSuffix(".xz") { archive_write_add_filter_xz(archive) }
    if url.path.hasSuffix(".gz") { archive_write_add_filter_gzip(archive) }
    write(archive, url)
  }

  func writeZip(_ url: URL) {
    let archive = archive_write_new()
    archive_write_set_format_zip(archive)
    write(archive, url)
  }

  func writeFolder(_ url: URL) throws {
    for (path, content) in files {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content).write(to: file)
    }
  }

  private func write(_ archive: OpaquePointer?, _ url: URL) {
    archive_write_open_filename(archive, url.path)
    for (path, content) in files.sorted(by: { $0.key < $1.key }) {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, path)
      archive_entry_set_size(entry, Int64(content.count))
      archive_entry_set_filetype(entry, 0o100000)
      archive_entry_set_perm(entry, 0o644)
      archive_write_header(archive, entry)
      archive_write_data(archive, content, content.count)
      archive_entry_free(entry)
    }
    for (path, target) in links {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, path)
      archive_entry_set_symlink(entry, target)
      archive_entry_set_filetype(entry, 0o120000)
      archive_write_header(archive, entry)
      archive_entry_free(entry)
    }
    archive_write_free(archive)
  }
}
