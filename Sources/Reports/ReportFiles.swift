import Foundation

/// The files of a report: written into a folder of their own inside the report's, and moved into
/// place when all of them are there.
///
/// So an earlier report stays whole if the disk is full, and nothing that somebody else put into
/// the folder is overwritten or removed: `.metabench-report` lists what reports wrote.
///
///     var files = ReportFiles(folder: folder)
///     try files.begin(["tables", "figures"])
///     defer { files.abandon() }
///     try files.write("report.md", text)
///     try files.finish()
struct ReportFiles {
  /// The list of the files that a report wrote, paths below the folder, one per line.
  static let list = ".metabench-report"

  let folder: URL
  /// Where files are until the report is whole.
  let staging: URL
  /// Paths below the folder.
  private(set) var written: [String] = []

  init(folder: URL) {
    self.folder = folder
    staging = folder.appendingPathComponent(".metabench-partial")
  }

  /// Makes empty folders to write into.
  func begin(_ subfolders: [String]) throws {
    abandon()
    for name in subfolders { try make(name, in: staging) }
  }

  mutating func write(_ path: String, _ text: String) throws { try write(path, Data(text.utf8)) }

  mutating func write(_ path: String, _ data: Data) throws {
    do {
      try data.write(to: staging.appendingPathComponent(path), options: .atomic)
    } catch {
      throw failure(path, error)
    }
    written.append(path)
  }

  /// Counts files in that another program wrote into `staging`.
  mutating func add(_ paths: [String]) { written += paths }

  /// The text of a file of this report; nil if there is none.
  func text(_ path: String) -> String? {
    try? String(contentsOf: staging.appendingPathComponent(path), encoding: .utf8)
  }

  /// Puts the new files into the places of the old ones.
  ///
  /// - Throws: `ReportError.notOurs`, and nothing has changed, if a file is in the way that no
  ///   report wrote; `ReportError.notWritable`.
  func finish() throws {
    let old = earlier()
    for path in written where !old.contains(path) {
      let url = folder.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: url.path),
        !FileManager.default.contentsEqual(
          atPath: url.path, andPath: staging.appendingPathComponent(path).path)
      else { continue }
      throw ReportError.notOurs(path: url.path)
    }
    // Whatever stops us in between, every file of the old or the new report stays known as ours.
    try saveList(Set(old).union(written))
    for path in written {
      try make((path as NSString).deletingLastPathComponent, in: folder)
      let target = folder.appendingPathComponent(path)
      guard rename(staging.appendingPathComponent(path).path, target.path) == 0 else {
        throw failure(path, NSError(domain: NSPOSIXErrorDomain, code: Int(errno)))
      }
    }
    for path in Set(old).subtracting(written) {
      do {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(path))
      } catch CocoaError.fileNoSuchFile {
      } catch {
        throw failure(path, error)
      }
    }
    try saveList(Set(written))
  }

  /// Removes what was not put into place.
  func abandon() {
    try? FileManager.default.removeItem(at: staging)
  }

  /// What an earlier report wrote. Paths that lead out of the folder are none of a report.
  private func earlier() -> [String] {
    let url = folder.appendingPathComponent(Self.list)
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init).filter { path in
      !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
    }
  }

  private func saveList(_ paths: Set<String>) throws {
    let text = paths.sorted().map { $0 + "\n" }.joined()
    do {
      try Data(text.utf8).write(to: folder.appendingPathComponent(Self.list), options: .atomic)
    } catch {
      throw failure(Self.list, error)
    }
  }

  private func make(_ name: String, in folder: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: name.isEmpty ? folder : folder.appendingPathComponent(name),
        withIntermediateDirectories: true)
    } catch {
      throw failure(name, error)
    }
  }

  private func failure(_ path: String, _ error: any Error) -> ReportError {
    let url = folder.appendingPathComponent(path)
    return .notWritable(path: url.path, reason: fileInTheWay(of: url) ?? Self.reason(error))
  }

  /// A file on the way to `url` where a folder should be.
  private func fileInTheWay(of url: URL) -> String? {
    var ancestor = url.deletingLastPathComponent()
    while ancestor.path.count > 1 {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: ancestor.path, isDirectory: &isFolder) {
        return isFolder.boolValue ? nil : "\(ancestor.path) is a file, not a folder"
      }
      ancestor.deleteLastPathComponent()
    }
    return nil
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))) }
    switch error.code {
    case CocoaError.fileWriteNoPermission.rawValue: return "permission denied"
    case CocoaError.fileWriteOutOfSpace.rawValue: return "no space left on the disk"
    case CocoaError.fileWriteVolumeReadOnly.rawValue: return "the disk is read-only"
    default: return error.localizedDescription
    }
  }
}
