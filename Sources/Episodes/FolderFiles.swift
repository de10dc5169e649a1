import Foundation

/// The files below a folder, and below the folders that links in it lead to.
struct FolderFiles {
  /// Paths within the folder, sorted.
  private(set) var paths: [String] = []
  /// Links that lead nowhere, or back to a folder that they are in; sorted.
  private(set) var deadLinks: [String] = []

  /// - Throws: `EpisodesError.unreadable`.
  init(in url: URL) throws {
    var status = stat()
    try visit("", of: url, within: stat(url.path, &status) == 0 ? [Identity(status)] : [])
    paths.sort()
    deadLinks.sort()
  }

  /// Equal if two paths lead to the same folder.
  private struct Identity: Hashable {
    let device: dev_t, number: ino_t

    init(_ status: stat) {
      device = status.st_dev
      number = status.st_ino
    }
  }

  /// - Parameters:
  ///   - folder: Its path within `root`.
  ///   - above: The folders on the way to it.
  private mutating func visit(
    _ folder: String, of root: URL, within above: Set<Identity>
  ) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: "\(root.path)/\(folder)")
    } catch {
      throw EpisodesError.unreadable(
        file: "\(root.path)/\(folder)", reason: error.localizedDescription)
    }
    for name in names {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard stat("\(root.path)/\(path)", &status) == 0, !above.contains(Identity(status)) else {
        deadLinks.append(path)
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try visit(path, of: root, within: above.union([Identity(status)]))
      case S_IFREG: paths.append(path)
      default: break
      }
    }
  }
}
