import Foundation

/// The files of a report, written whole one by one.
struct ReportFiles {
  let folder: URL
  /// Paths below the folder.
  var written: [String] = []

  init(folder: URL) {
    self.folder = folder
  }

  mutating func write(_ path: String, _ text: String) throws {
    do {
      try Data(text.utf8).write(to: folder.appendingPathComponent(path), options: .atomic)
    } catch {
      throw failure(path, error)
    }
    written.append(path)
  }

  /// Makes the subfolders and removes what an earlier report left in them: only files of the kinds
  /// that reports write.
  func empty(_ subfolders: [String]) throws {
    let manager = FileManager.default
    for name in subfolders {
      let url = folder.appendingPathComponent(name)
      do {
        try manager.createDirectory(at: url, withIntermediateDirectories: true)
        for file in try manager.contentsOfDirectory(atPath: url.path)
        where ["md", "csv", "svg"].contains((file as NSString).pathExtension) {
          try manager.removeItem(at: url.appendingPathComponent(file))
        }
      } catch {
        throw failure(name, error)
      }
    }
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  private func failure(_ path: String, _ error: any Error) -> ReportError {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    let reason =
      cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
    return .notWritable(path: folder.appendingPathComponent(path).path, reason: reason)
  }
}
