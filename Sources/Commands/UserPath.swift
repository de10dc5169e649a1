import Foundation

/// Paths as users give them, meant as the kernel means them.
///
/// `URL` takes `..` for a matter of text: to it, `link/../out` is `out`. To the kernel, and so to
/// every command that asks whether a file is there, it is beside the folder that `link` leads to.
/// All paths of the command line come through here, so that they mean one thing everywhere.
enum UserPath {
  /// The folder that `path` means.
  static func folder(_ path: String) -> URL {
    URL(fileURLWithPath: resolved(path), isDirectory: true)
  }

  /// The file, or the folder if there is one, that `path` means.
  static func file(_ path: String) -> URL { URL(fileURLWithPath: resolved(path)) }

  /// `path` without `..` behind a name: what a link leads to is looked up, all else is left as it was
  /// written. A `~` at the beginning is the home directory.
  static func resolved(_ path: String) -> String {
    let path = NSString(string: path).expandingTildeInPath
    guard path.split(separator: "/").contains("..") else { return path }
    var parts: [String] = []
    var isAbsolute = path.hasPrefix("/")
    func text() -> String {
      isAbsolute ? "/" + parts.joined(separator: "/") : parts.joined(separator: "/")
    }
    for part in path.split(separator: "/").map(String.init) where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      if parts.isEmpty || parts.last == ".." {
        // Above the root there is nothing.
        if !isAbsolute { parts.append(part) }
        continue
      }
      if let target = target(ofLink: text()) {
        parts = target.split(separator: "/").map(String.init)
        isAbsolute = true
      }
      if !parts.isEmpty { parts.removeLast() }
    }
    return text().isEmpty ? "." : text()
  }

  /// Where a link leads in the end; nil if `path` is no link, or leads nowhere.
  private static func target(ofLink path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let target = realpath(path, nil)
    else { return nil }
    defer { free(target) }
    return String(cString: target)
  }
}
