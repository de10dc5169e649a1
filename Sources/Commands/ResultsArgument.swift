import Experiments
import Foundation
import Results
import Suites

/// Results that a command line names: a results folder, a cell file, or either of them as it is in
/// a commit, as in `main:results/omniglot-smoke`. Of a folder, those count that its suite asks for.
struct ResultsArgument {
  /// In order of their ids.
  let records: [CellRecord]
  /// What the folder was run with; nil for a single file and for folders without one.
  let suite: Suite?
  /// Whether it is a single file.
  let isFile: Bool
  /// What is to be known of them, as sentences.
  let notes: [String]
  /// Whether they are read from a commit, not from where a run writes.
  let isOfCommit: Bool
  /// How outputs call it.
  let name: String

  /// - Throws: `CommandError` if there are no results; what reading them throws.
  init(_ path: String) throws {
    name = path
    var isFolder: ObjCBool = false
    let local = UserPath.resolved(path)
    if FileManager.default.fileExists(atPath: local, isDirectory: &isFolder) {
      isOfCommit = false
      (records, suite, isFile, notes) =
        try Self.read(local, isFolder: isFolder.boolValue, called: path)
      return
    }
    isOfCommit = true
    guard let colon = path.firstIndex(of: ":") else {
      throw CommandError(
        "\(path): there is no such file or folder. Give a results folder, a cell file, or"
          + " 'COMMIT:FOLDER'.")
    }
    let commit = String(path[..<colon])
    let inside = String(path[path.index(after: colon)...])
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("metabench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.checkOut(inside, of: commit, into: folder, called: path)
    let found = folder.appendingPathComponent(inside).path
    _ = FileManager.default.fileExists(atPath: found, isDirectory: &isFolder)
    (records, suite, isFile, notes) = try Self.read(found, isFolder: isFolder.boolValue, called: path)
  }

  private static func read(_ path: String, isFolder: Bool, called name: String) throws
    -> (records: [CellRecord], suite: Suite?, isFile: Bool, notes: [String])
  {
    guard isFolder else { return ([try CellFile.read(URL(fileURLWithPath: path))], nil, true, []) }
    let folder = ResultsFolder(url: URL(fileURLWithPath: path, isDirectory: true))
    let results = try FolderResults(folder.records(), of: folder, called: name)
    return (results.records, results.suite, false, results.notes)
  }

  /// Writes a path of a commit below `folder`.
  private static func checkOut(
    _ path: String, of commit: String, into folder: URL, called name: String
  ) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let archive = folder.appendingPathComponent("archive.tar").path
    guard !path.isEmpty, !path.hasPrefix("/"),
      run("git", "archive", "--format=tar", "--output", archive, commit, "--", path),
      run("tar", "-xf", archive, "-C", folder.path)
    else {
      throw CommandError(
        "\(name): there is no such file or folder, and git has no '\(path)' in a commit"
          + " '\(commit)'. Give a path below the current folder.")
    }
  }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
