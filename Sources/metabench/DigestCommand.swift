import ArgumentParser
import Foundation
import Results

/// `metabench digest`.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Print the digest of what must be equal whenever a cell is run again.",
    discussion: """
      Covers every score, loss, episode and parameter; leaves out seconds and provenance. The file \
      is checked against the digest that it carries.

        metabench digest results/quickstart/*.h5
      """)

  @Argument(help: "Cell files, or results folders.")
  var files: [String]

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let file: String
    let cell: String
    let status: String
    let digest: String
  }

  func run() throws {
    let entries = try files.flatMap { path in
      try cellFiles(path).map { path in
        let record = try CellFile.read(URL(fileURLWithPath: path), includingParameters: true)
        return Entry(
          file: path, cell: record.cell, status: record.status.name, digest: record.digest)
      }
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    for entry in entries { Outcome.write("\(entry.digest)  \(entry.file)") }
  }

  /// The file itself, or the cell files of a folder in order of their names.
  private func cellFiles(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    let folder = ResultsFolder(url: URL(fileURLWithPath: path, isDirectory: true))
    let cells = try folder.cells()
    guard !cells.isEmpty else {
      throw CommandError("\(path): holds no results. Give a cell file or a results folder.")
    }
    return cells.map { folder.file(for: $0).relativePath }
  }
}
