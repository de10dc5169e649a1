import Foundation
import Results
import Suites

/// Turns the results of a suite into tables, figures and one long list.
///
///     let records = try ResultsFolder(url: results).records()
///     let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
///
/// A report is a function of the suite and the results: written twice, it has the same bytes.
public struct ReportWriter: Sendable {
  private let suite: Suite
  private let records: [CellRecord]
  private let foreign: [String]

  /// - Parameter records: Those of cells that the suite does not have are left out and named in the
  ///   report.
  public init(suite: Suite, records: [CellRecord]) {
    let known = Set(suite.cells.map(\.id))
    self.suite = suite
    self.records = records.filter { known.contains($0.cell) }
    foreign = records.map(\.cell).filter { !known.contains($0) }.sorted()
  }

  /// Writes `report.md`, `cells.csv`, `tables/` and `figures/` into `folder`, which need not be
  /// there. The files of an earlier report are replaced once all new ones are written; other files
  /// are left alone.
  ///
  /// - Parameter gnuplot: The program that draws; its absence is said in the summary.
  /// - Throws: `ReportError`.
  /// - Complexity: O(scores).
  public func write(to folder: URL, gnuplot: String = "gnuplot") throws -> ReportSummary {
    let families = CellFamily.all(of: suite, records: records)
    let tables = suite.report.tables.flatMap { ReportTable.all($0, families: families) }
    let figures = suite.report.curves.enumerated().flatMap { index, layout in
      Figure.all(layout, number: index + 1, families: families)
    }
    var summary = tally()
    var files = ReportFiles(folder: folder)
    try files.begin(["tables", "figures"])
    defer { files.abandon() }
    for (index, table) in tables.enumerated() {
      let name = Self.name(of: table, index)
      try files.write("tables/\(name).md", "# \(table.title)\n\n\(table.markdown)")
      try files.write("tables/\(name).csv", table.csv)
    }
    for figure in figures { try files.write("figures/\(figure.slug).csv", figure.csv) }
    let problem = Gnuplot(program: gnuplot).draw(
      figures, into: files.staging.appendingPathComponent("figures"))
    let drawn = figures.map { "figures/\($0.slug).svg" }.filter { path in
      files.text(path)?.suffix(20).contains("</svg>") ?? false
    }
    if let problem {
      summary.notes.append(problem)
    } else if drawn.count < figures.count {
      summary.notes.append("Some figures were not drawn whole. Is the disk full?")
    }
    files.add(drawn)
    try files.write("cells.csv", CellsTable.csv(suite: suite, records: records))
    let page = ReportPage(
      suite: suite, records: records, tables: tables, figures: figures, drawn: Set(drawn),
      summary: summary)
    try files.write("report.md", page.markdown)
    try files.finish()
    summary.files = files.written.sorted()
    summary.firstTable = tables.first.map { "\($0.title)\n\n\($0.markdown)" } ?? ""
    return summary
  }

  /// For example `1-omniglot-accuracy`.
  static func name(of table: ReportTable, _ index: Int) -> String {
    Format.slug("\(index + 1) \(table.title)")
  }

  private func tally() -> ReportSummary {
    let names = records.map(\.status.name)
    let done = names.count { $0 == "done" }
    let failed = names.count { $0 == "failed" }
    let diverged = names.count { $0 == "diverged" }
    return ReportSummary(
      done: done, failed: failed, diverged: diverged,
      missing: suite.cells.count - done - failed - diverged, foreign: foreign, files: [],
      notes: [], firstTable: "")
  }
}
