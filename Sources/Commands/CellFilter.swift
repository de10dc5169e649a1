import ArgumentParser
import Foundation
import Measures
import Suites

/// Which cells of a suite are meant: those that one of the patterns fits, all if there is none.
///
/// A pattern is a glob on ids, as in `maml-*-r0-*`, or conditions on values that cells all meet, as in
/// `algorithm=maml,shot=1`.
struct CellFilter: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only cells with such an id, as in 'maml-*-r0-*', or with such values, as in 'algorithm=maml,shot=1'; may be"
        + " given again for more.", valueName: "cells"))
  var only: [String] = []

  /// The cells in the suite's order.
  ///
  /// - Throws: `CommandError` if a pattern fits no cell.
  func cells(of suite: Suite) throws -> [Cell] {
    guard !only.isEmpty else { return suite.cells }
    let tests = try only.map { try Self.test($0, suite) }
    return suite.cells.filter { cell in tests.contains { $0(cell) } }
  }

  static func test(_ pattern: String, _ suite: Suite) throws -> (Cell) -> Bool {
    let fits: (Cell) -> Bool
    if pattern.contains("=") {
      let selection = try selection(pattern, suite)
      fits = { selection.contains($0) }
    } else {
      fits = { fnmatch(pattern, $0.id, 0) == 0 }
    }
    guard suite.cells.contains(where: fits) else {
      throw CommandError(
        "no cell of suite '\(suite.name)' matches '--only \(pattern)'."
          + " 'metabench plan' lists the cells; ids look like '\(suite.cells[0].id)'.")
    }
    return fits
  }

  private static func selection(_ pattern: String, _ suite: Suite) throws -> Selection {
    Selection(
      try pattern.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
          throw CommandError(
            "'--only \(pattern)': '\(part)' is no condition. Write 'key=value', as in 'algorithm=maml,shot=1'.")
        }
        guard suite.cells.contains(where: { $0.value(of: sides[0]) != nil }) else {
          let known = suite.cells.flatMap { $0.values.map { String($0.name.split(separator: ".").last!) } }
            .filter { name in suite.cells.contains { $0.value(of: name) != nil } }
          throw CommandError(
            "'--only \(pattern)': no cell of suite '\(suite.name)' has a '\(sides[0])'. "
              + CommandError.hint(sides[0], among: known, otherwise: "'metabench explain' shows what a cell has."))
        }
        return Selection.Condition(key: sides[0], values: meanings(of: sides[1]))
      })
  }

  /// A word may be a name, or a number or flag as suites write it.
  private static func meanings(of word: String) -> [SettingValue] {
    [SettingValue.text(word)] + (Int(word).map { [.integer($0)] } ?? [])
      + (Double(word).map { [.number($0)] } ?? []) + (Bool(word).map { [.flag($0)] } ?? [])
  }
}
