import Foundation

/// The files of CIFAR-100's binary version, found in archives and folders; its Python version is turned
/// into it.
struct CIFAR100Files {
  /// Contents by the files' names.
  private(set) var contents: [String: [UInt8]] = [:]
  /// What was left out, a sentence each.
  private(set) var remarks: [String] = []
  /// Everything else that is there.
  private(set) var others = FileCensus()

  private static let binary = CIFAR100Records.recordFiles + CIFAR100Records.nameFiles

  /// - Parameter archives: Archives, folders that hold one, or folders that one unpacks to.
  /// - Throws: `EpisodesError`, `.badRecord` also where one file is there twice with other content.
  init(_ archives: [URL]) throws {
    var found: [String: [UInt8]] = [:]
    for given in archives {
      for archive in try inside(given) {
        try ArchiveFile.forEachFile(in: archive, limit: 1 << 28) { path in
          let name = String(path.split(separator: "/").last ?? "")
          if (Self.binary + CIFAR100Pickles.files).contains(name) { return name }
          others.count(path)
          return nil
        } _: { name, path, content in
          guard found[name] == nil || found[name] == content else {
            throw EpisodesError.badRecord(
              file: path, archive: archive.path, reason: "it is there twice, with other content")
          }
          found[name] = content
        }
      }
    }
    contents = found.filter { Self.binary.contains($0.key) }
    let pickles = found.filter { CIFAR100Pickles.files.contains($0.key) }
    if contents.keys.contains(where: CIFAR100Records.recordFiles.contains) {
      if !pickles.isEmpty {
        remarks.append("Left out the Python version of CIFAR-100 that lies beside the binary one.")
      }
    } else {
      contents.merge(
        try CIFAR100Pickles.binary(pickles, archive: archives[0].path)) { binary, _ in binary }
    }
  }

  /// The official archives where `url` is the folder they are in, else `url` itself.
  private mutating func inside(_ url: URL) throws -> [URL] {
    guard try ArchiveFile.isFolder(url) else { return [url] }
    let archives = ["cifar-100-binary.tar.gz", "cifar-100-python.tar.gz"]
      .map { url.appendingPathComponent($0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    if archives.count > 1 {
      remarks.append("Left out \(archives[1].path), which lies beside the binary version.")
    }
    return archives.isEmpty ? [url] : [archives[0]]
  }
}
