import Episodes
import Foundation
import Judgements
import Results
import Suites

/// A paper's table, from results.
///
///     let report = try PaperTableReport(table) { suite in try load(suite) }
///     try report.write(to: folder)
public struct PaperTableReport {
  private let table: PaperTable
  private let parts: [(part: PaperTable.Part, table: ReportTable, origins: [String])]

  /// Takes the table's figures from results.
  ///
  /// - Parameter results: Those of the suite of that name; none of its cells need be done.
  /// - Throws: `PaperTableError`, and what `results` throws.
  public init(_ table: PaperTable, results: (_ suite: String, SourcePlace) throws -> CountedResults) throws {
    self.table = table
    var families: [String: [CellFamily]] = [:]
    func all(_ suite: String, _ place: SourcePlace) throws -> [CellFamily] {
      if let known = families[suite] { return known }
      let counted = try results(suite, place)
      families[suite] = CellFamily.all(of: counted.suite, records: counted.records)
      return families[suite]!
    }
    parts = try table.parts.map { part in
      var origins: [String] = []
      let rows = try part.rows.map { row in
        var suites: [String] = []
        let entries = try part.columns.map { column in
          let found = try Self.family(row, column) { try all($0, row.place) }
          if let found, !found.family.done.isEmpty { suites.append(found.suite) }
          return found.map { Self.entry($0.family, column) }
        }
        guard entries.contains(where: { $0 != nil }) else {
          throw PaperTableError.noCell(row.place, row: row.name, suites: row.suites)
        }
        origins.append(contentsOf: suites.isEmpty ? [] : ["\(row.name): `\(suites.distinct().joined(separator: "`, `"))`"])
        return ReportTable.Row(name: row.name, entries: entries)
      }
      let metric = rows.flatMap(\.entries).compactMap { $0?.family.cell.metric }[0]
      return (
        part,
        ReportTable(
          title: part.title, layout: .init(rows: "algorithm", columns: []), metric: metric,
          columns: part.columns.map { .init(values: [$0.heading], measure: $0.measure, heading: $0.heading) },
          rows: rows),
        origins
      )
    }
  }

  /// The cells of a row that a column shows, from the first suite that has results of them; nil if none has such
  /// cells.
  private static func family(
    _ row: PaperTable.Row, _ column: PaperTable.Column, _ families: (String) throws -> [CellFamily]
  ) throws -> (family: CellFamily, suite: String)? {
    let found = try row.suites.compactMap { suite -> (family: CellFamily, suite: String)? in
      let own = try families(suite).filter { row.cells.contains($0.cell) && column.cells.contains($0.cell) }
      guard own.count < 2 else {
        throw PaperTableError.severalCells(
          row.place, row: row.name, column: column.heading, suite: suite, own[0].cell.id, own[1].cell.id)
      }
      return own.first.map { ($0, suite) }
    }
    return found.first { !$0.family.done.isEmpty } ?? found.first
  }

  private static func entry(_ family: CellFamily, _ column: PaperTable.Column) -> ReportTable.Entry {
    let isTest = column.stage == .test
    let validation = family.done.compactMap { $0.validation.last?.scores }
    return ReportTable.Entry(
      family: family, measure: column.measure,
      estimate: isTest
        ? family.estimate(by: column.measure)
        : Estimate(validation, variesBy: family.cell.variesBy, isAccuracy: family.cell.metric.isShare),
      published: PublishedFigures.about(family.cell, column.measure, at: column.stage).first)
  }

  // MARK: Printing

  /// Writes `report.md`, and `tables/` with Markdown, CSV and LaTeX, into `folder`, which need not be there.
  ///
  /// - Returns: The report's text.
  /// - Throws: `ReportError`.
  @discardableResult public func write(to folder: URL) throws -> String {
    var files = ReportFiles(folder: folder)
    try files.begin(["tables"])
    defer { files.abandon() }
    var text = "# \(table.title)\n"
    for (index, part) in parts.enumerated() {
      let printed = printed(part)
      let name = Format.slug("\(index + 1) \(part.part.title)")
      text += "\n## \(part.part.title)\n\n\(printed.markdown)"
      try files.write("tables/\(name).md", "# \(part.part.title)\n\n\(printed.markdown)")
      try files.write("tables/\(name).csv", part.table.csv)
      try files.write(
        "tables/\(name).tex", printed.latex(caption: part.part.title, label: "tab:\(table.name)-\(name)"))
    }
    try files.write("report.md", text)
    try files.finish()
    return text
  }

  private func printed(_ part: (part: PaperTable.Part, table: ReportTable, origins: [String])) -> PrintedTable {
    var printed = part.table.printed
    let rows = part.part.rows.compactMap { row in row.note.map { "\(row.name): \($0)" } }
    let validation = part.part.columns.filter { $0.stage == .validation }.map(\.heading)
    let stages = validation.isEmpty
      ? [] : ["\(validation.joined(separator: ", ")): the last validation of training, on validation tasks."]
    let origins = part.origins.isEmpty
      ? [] : ["Taken from the results of suites, for nothing is trained twice: \(part.origins.joined(separator: "; "))."]
    printed.notes = part.part.notes + rows + stages + printed.notes + origins
    return printed
  }
}

/// What can be wrong with a paper's table beside its results.
public enum PaperTableError: Error, Equatable, CustomStringConvertible {
  /// No cell of a row's suites is the row's.
  case noCell(SourcePlace, row: String, suites: [String])
  /// A row and a column choose several cells.
  case severalCells(SourcePlace, row: String, column: String, suite: String, String, String)

  public var description: String {
    switch self {
    case .noCell(let place, let row, let suites):
      "\(place): row '\(row)' has no cells: none of suite \(suites.joined(separator: ", ")) meets its 'where' and that "
        + "of a column. 'metabench plan <suite>' lists cells."
    case .severalCells(let place, let row, let column, let suite, let first, let second):
      "\(place): row '\(row)' has several cells of suite \(suite) in column '\(column)': \(first) and \(second). "
        + "Add what sets them apart to 'where'."
    }
  }
}
