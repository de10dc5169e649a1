import ArgumentParser
import Foundation
import Suites

/// Which cells of a suite are meant: those whose id matches one of the globs, all if there is none.
struct CellFilter {
  let globs: [String]

  /// The cells in the suite's order.
  ///
  /// - Throws: `CommandError` if a glob matches no cell.
  func cells(of suite: Suite) throws -> [Cell] {
    for glob in globs where !suite.cells.contains(where: { fnmatch(glob, $0.id, 0) == 0 }) {
      throw CommandError(
        "no cell of suite '\(suite.name)' matches '--only \(glob)'."
          + " 'metabench plan' lists the cells; ids look like '\(suite.cells[0].id)'.")
    }
    return globs.isEmpty
      ? suite.cells
      : suite.cells.filter { cell in globs.contains { fnmatch($0, cell.id, 0) == 0 } }
  }
}
