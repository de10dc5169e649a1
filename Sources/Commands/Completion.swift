import ArgumentParser
import Foundation
import Suites

/// What a shell offers for arguments when the user presses TAB.
enum Completion {
  /// Names of shipped suites, and suite files.
  static let suites = CompletionKind.custom { _, _, prefix in
    candidates(for: prefix) { !$1 && isSuiteFile($0) }
  }

  /// Names of shipped suites, suite files, results folders, and files of cells.
  static let suitesAndResults = CompletionKind.custom { _, _, prefix in
    candidates(for: prefix) { path, isFolder in
      isFolder
        ? FileManager.default.fileExists(atPath: path + "/suite.yaml")
        : isSuiteFile(path) || path.hasSuffix(".h5")
    }
  }

  /// The names of shipped suites and the paths that begin with `prefix`, as far as they are wanted.
  ///
  /// In place of other folders stands what lies in them, so that a shell that takes a single
  /// candidate for a finished word does not end the word at a folder.
  static func candidates(
    for prefix: String, isWanted: (_ path: String, _ isFolder: Bool) -> Bool
  ) -> [String] {
    let typed = prefix.trimmingCharacters(in: ["'", "\""])
    let end = typed.lastIndex(of: "/").map(typed.index(after:)) ?? typed.startIndex
    let paths = entries(of: String(typed[..<end])).filter { $0.path.hasPrefix(typed) }
    return ShippedSuites.names.filter { $0.hasPrefix(typed) }
      + paths.flatMap { entry -> [String] in
        if isWanted(entry.path, entry.isFolder) { return [entry.path] }
        guard entry.isFolder else { return [] }
        return entries(of: entry.path + "/").compactMap { inner in
          if isWanted(inner.path, inner.isFolder) { return inner.path }
          let leads = inner.isFolder
            && entries(of: inner.path + "/").contains { isWanted($0.path, $0.isFolder) }
          return leads ? inner.path + "/" : nil
        }
      }
  }

  /// What lies in a folder (its path ends with a slash, or is empty) and is not hidden, sorted.
  private static func entries(of folder: String) -> [(path: String, isFolder: Bool)] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted().map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder)
      return (folder + name, isFolder.boolValue)
    }
  }

  private static func isSuiteFile(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}
