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
      is checked against the digest that it carries. Of several cells, the last line is the digest of \
      all: the root of a Merkle tree, as it stands under the tables of reports.

        metabench digest results/quickstart
        metabench digest results/quickstart --path maml-sinusoid-1way-5shot-r0
      """)

  @Argument(help: "Cell files, or results folders.", completion: .file(extensions: ["h5"]))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Show of one cell (its id, or the beginning of one) that it belongs to the digest of all: the"
        + " digests beside its way to the root.", valueName: "cell"))
  var path: String?

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let file: String
    let cell: String
    let status: String
    let digest: String
  }

  private struct Answer: Encodable {
    let cells: [Entry]
    /// The root of the Merkle tree over all of them.
    let suite: String
    var path: SuiteDigest.Path?
  }

  func run() throws {
    let entries = try files.flatMap { path in
      try cellFiles(path).map { path in
        let record = try CellFile.read(URL(fileURLWithPath: path), includingParameters: true)
        return Entry(
          file: path, cell: record.cell, status: record.status.name, digest: record.digest)
      }
    }
    var seen: Set<String> = []
    if let twice = entries.first(where: { !seen.insert($0.cell).inserted }) {
      throw CommandError("'\(twice.cell)' is given twice. Give each cell once.")
    }
    let suite = SuiteDigest(entries.map { ($0.cell, $0.digest) })
    let path = try path.map { try self.path($0, in: suite) }
    guard !json.isOn else {
      return Outcome.write(try jsonText(Answer(cells: entries, suite: suite.root, path: path)))
    }
    if let path {
      Outcome.write("\(path.digest)  \(path.cell)")
      for step in path.steps { Outcome.write("\(step.digest)  \(step.isLeft ? "left" : "right")") }
    } else {
      for entry in entries { Outcome.write("\(entry.digest)  \(entry.file)") }
    }
    if path != nil || entries.count > 1 {
      Outcome.write("\(suite.root)  suite of \(counted(entries.count, "cell"))")
    }
  }

  private func path(_ prefix: String, in suite: SuiteDigest) throws -> SuiteDigest.Path {
    let found = suite.cells.map(\.cell).filter { $0.hasPrefix(prefix) }
    guard found.count == 1, let path = suite.path(of: found[0]) else {
      throw CommandError(
        "\(found.count) of the given cells begin with '\(prefix)'. Give the id of one.")
    }
    return path
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
