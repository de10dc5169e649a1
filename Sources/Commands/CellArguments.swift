import ArgumentParser
import Experiments
import Foundation
import Results
import Suites

/// The arguments of commands about one cell: its file, or where it is and how its id begins.
struct CellArguments: ParsableArguments {
  @Argument(
    help: "A results folder, a suite (its file, or its name), or a cell's file.",
    completion: Completion.suitesAndResults)
  var path: String

  @Argument(help: "The cell's id, or the beginning of one; not for a cell's file.")
  var cell: String?

  @Option(
    help: ArgumentHelp(
      "The results folder of a suite (default: results/<suite>).", valueName: "dir"),
    completion: .directory)
  var results: String?

  /// Whether `path` is a cell's file.
  var isFile: Bool { path.hasSuffix(".h5") }

  /// The suite, where its results are, and the cell that is meant.
  ///
  /// - Throws: `CommandError` if not one cell is meant; `SuiteError`.
  func find() throws -> (suite: Suite, folder: ResultsFolder, cell: Cell) {
    var input = SuiteResultsArguments()
    input.path = path
    input.results = results
    var prefix = cell
    if isFile {
      guard cell == nil else { throw CommandError("'\(path)' is one cell already: name no other.") }
      let file = UserPath.file(path)
      // With the slash it is a folder, whatever its name.
      input.path = file.deletingLastPathComponent().relativePath + "/"
      prefix = file.deletingPathExtension().lastPathComponent
    }
    let (suite, folder) = try input.locate()
    guard let prefix else {
      throw CommandError(
        "which cell of suite '\(suite.name)' is meant? Give its id or the beginning of it, as in"
          + " '\(suite.cells[0].id)'.")
    }
    return (suite, folder, try Self.only(prefix, among: suite))
  }

  /// The only cell whose id begins so, or is so.
  private static func only(_ prefix: String, among suite: Suite) throws -> Cell {
    if let cell = suite.cells.first(where: { $0.id == prefix }) { return cell }
    let found = suite.cells.filter { $0.id.hasPrefix(prefix) }
    switch found.count {
    case 1: return found[0]
    case 0:
      throw CommandError(
        "no cell of suite '\(suite.name)' begins with '\(prefix)'. "
          + CommandError.hint(
            prefix, among: suite.cells.map(\.id),
            otherwise: "'metabench status' lists the cells; ids look like '\(suite.cells[0].id)'."))
    default:
      let some = found.prefix(3).map { "'\($0.id)'" }.joined(separator: ", ")
      throw CommandError(
        "\(found.count) cells of suite '\(suite.name)' begin with '\(prefix)': \(some)"
          + "\(found.count > 3 ? " and others" : ""). Give more of the id.")
    }
  }
}
