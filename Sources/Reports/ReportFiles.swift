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
