import Foundation
import Judgements
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
  private let results: CountedResults

  /// - Parameter records: Those that do not count are left out and named in the report.
  public init(suite: Suite, records: [CellRecord]) {
    self.init(CountedResults(records, of: suite))
  }

  /// A writer of the report on what counts of a folder.
  public init(_ results: CountedResults) {
    self.results = results
    suite = results.suite
    records = results.records
  }

  /// Writes `report.md`, `report.html`, `cells.csv`, `tables/` and `figures/` into `folder`, which
  /// need not be there. The files of an earlier report are replaced once all new ones are written;
  /// other files are left alone.
  ///
  /// - Parameter gnuplot: The program that draws; its absence is said in the summary.
  /// - Throws: `ReportError`.
  /// - Complexity: O(scores).
  public func write(to folder: URL, gnuplot: String = "gnuplot") throws -> ReportSummary {
    let families = CellFamily.all(of: suite, records: records)
    let digest = results.digest.root
    let tables = suite.report.tables.flatMap { ReportTable.all($0, families: families) }
      .enumerated().map { index, table in
        var table = table
        table.suiteDigest = digest
        return (name: Format.slug("\(index + 1) \(table.title)"), table: table)
      }
    let figures = try Figure.all(suite.report, families: families).map { $0.said(of: suite.kind.unit) }
    var summary = tally()
    var files = ReportFiles(folder: folder)
    try files.begin(["tables", "figures"])
    defer { files.abandon() }
    for (name, table) in tables {
      let printed = table.printed
      try files.write("tables/\(name).md", "# \(table.title)\n\n\(printed.markdown)")
      try files.write("tables/\(name).csv", table.csv)
      try files.write(
        "tables/\(name).tex",
        printed.latex(caption: table.title, label: "tab:\(suite.name)-\(name)"))
    }
    let claims = ClaimsTable(ClaimDecision.all(of: suite, records: records), unit: suite.kind.unit)
    if !claims.isEmpty {
      try files.write("tables/claims.md", "# Claims\n\n\(claims.printed.markdown)")
      try files.write("tables/claims.csv", claims.csv)
      try files.write(
        "tables/claims.tex",
        claims.printed.latex(caption: "Claims", label: "tab:\(suite.name)-claims"))
    }
    let drawings = try draw(figures, into: &files, gnuplot: gnuplot, notes: &summary.notes)
    try files.write("cells.csv", CellsTable(suite, records).csv)
    let document = ReportDocument(
      suite: suite, records: records, tables: tables, claims: claims, figures: figures,
      summary: summary)
    try files.write("report.md", document.markdown(drawn: Set(drawings.inline.keys)))
    try files.write(
      "report.html", document.html(drawings: drawings.inline, symbols: drawings.symbols))
    try files.finish()
    summary.files = files.written.sorted()
    if let (_, table) = tables.first {
      summary.firstTable = "\(table.title)\n\n\(table.printed.markdown)"
    }
    return summary
  }

  /// Writes the figures and their numbers.
  ///
  /// - Returns: The drawings as parts of a page, by their paths, and what gnuplot's have in common.
  private func draw(
    _ figures: [Figure], into files: inout ReportFiles, gnuplot: String, notes: inout [String]
  ) throws -> (inline: [String: String], symbols: String) {
    var inline: [String: String] = [:]
    var curves: [(figure: Figure, plot: CurvePlot)] = []
    for figure in figures {
      if let csv = figure.csv { try files.write("figures/\(figure.slug).csv", csv) }
      switch figure.drawing {
      case .curves(let plot): curves.append((figure, plot))
      case .lines(let svg):
        try files.write(figure.path, svg.file)
        inline[figure.path] = svg.inline(label: figure.title)
      case .pictures(let sheet):
        let png = PNG.file(sheet)
        try files.write(figure.path, png)
        inline[figure.path] = HTML.image(png, label: figure.title)
      }
    }
    let problem = Gnuplot(program: gnuplot).draw(
      curves.map(\.plot), into: files.staging.appendingPathComponent("figures"))
    var symbols = ""
    for (figure, _) in curves {
      guard let drawing = files.text(figure.path).flatMap(GnuplotDrawing.init) else { continue }
      files.add([figure.path])
      inline[figure.path] = drawing.inline(label: figure.title)
      symbols = drawing.symbols
    }
    if let problem {
      notes.append(problem)
    } else if inline.count < figures.count {
      notes.append("Some figures were not drawn whole. Is the disk full?")
    }
    if !symbols.isEmpty { symbols = "<svg class=\"symbols\"><defs>\n\(symbols)\n</defs></svg>\n" }
    return (inline, symbols)
  }

  private func tally() -> ReportSummary {
    let names = records.map(\.status.name)
    let done = names.count { $0 == "done" }
    let failed = names.count { $0 == "failed" }
    let diverged = names.count { $0 == "diverged" }
    return ReportSummary(
      done: done, failed: failed, diverged: diverged,
      missing: suite.cells.count - done - failed - diverged, foreign: results.leftOver, files: [],
      notes: results.notes, firstTable: "")
  }
}
