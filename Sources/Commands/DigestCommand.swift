import ArgumentParser
import Experiments
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
      all: the root of a Merkle tree, as it stands under the tables of reports. Of a results folder, \
      those count that its suite asks for.

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

    init(_ record: CellRecord, file: String) {
      self.file = file
      cell = record.cell
      status = record.status.name
      digest = record.digest
    }
  }

  private struct Answer: Encodable {
    let cells: [Entry]
    /// The root of the Merkle tree over all of them.
    let suite: String
    var path: SuiteDigest.Path?
  }

  func run() throws {
    let entries = try files.flatMap(entries)
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

  /// The file itself, or the cell files of a folder that count, in order of their names.
  private func entries(_ path: String) throws -> [Entry] {
    var isFolder: ObjCBool = false
    let place = UserPath.resolved(path)
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue
    else { return [Entry(try read(UserPath.file(path)), file: path)] }
    let folder = ResultsFolder(url: UserPath.folder(path))
    let records = try folder.cells().map { try read(folder.file(for: $0)) }
    let results = try FolderResults(records, of: folder, called: path)
    for note in results.notes { Outcome.write("Note: \(note)", to: .standardError) }
    return results.records.map { Entry($0, file: folder.file(for: $0.cell).relativePath) }
  }

  /// A file's record, its parameters checked against their digest and forgotten: those of a whole folder
  /// may be more than fits into memory.
  private func read(_ file: URL) throws -> CellRecord {
    var record = try CellFile.read(file, includingParameters: true)
    record.forgetParameters()
    return record
  }
}
