import Judgements
import Kinds
import Measures
import Results
import Suites

extension ReportDocument {
  /// The page of a suite's report, what matters most first.
  ///
  /// - Parameter tables: With their file names.
  init(
    suite: Suite, records: [CellRecord], tables: [(name: String, table: ReportTable)],
    claims: ClaimsTable, figures: [Figure], summary: ReportSummary
  ) {
    let page = ReportContent(suite: suite, records: records, tables: tables, summary: summary)
    title = suite.title
    blocks =
      page.opening + page.results + claims.blocks + Self.blocks(figures, of: suite.kind) + page.unfinished + page.remarks
      + page.elsewhere + page.provenance
  }

  private static func blocks(_ figures: [Figure], of experiment: KindDescription) -> [Block] {
    Figure.Kind.allCases.flatMap { kind -> [Block] in
      let figures = figures.filter { $0.kind == kind }
      let title = kind == .test && experiment.unit != .episode ? "By place" : kind.rawValue
      return figures.isEmpty ? [] : [.section(experiment.unit.said(title)), .figures(figures)]
    }
  }
}

/// What a report's page says besides its figures.
private struct ReportContent {
  let suite: Suite
  let records: [CellRecord]
  let tables: [(name: String, table: ReportTable)]
  let summary: ReportSummary

  typealias Block = ReportDocument.Block

  /// What was run, and how much of it.
  var opening: [Block] {
    let total = suite.cells.count
    var parts: [String] = []
    for (count, word) in [
      (summary.failed, "failed"), (summary.diverged, "diverged"), (summary.missing, "not run"),
    ] where count > 0 {
      parts.append("\(count.grouped) \(word)")
    }
    let rest = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    let text = """
      Suite `\(suite.name)`, version \(suite.version), seed \(suite.seed), file SHA-256 \
      `\(suite.digest.prefix(12))`. **\(summary.done.grouped) of \
      \(total.counted("cell")) done**\(rest). Every cell and place of its outcomes is \
      in [cells.csv](cells.csv).
      """
    let headline = Headline.sentences(CellFamily.all(of: suite, records: records)).joined(separator: " ")
    return (headline.isEmpty ? [] : [.paragraph(headline)]) + [.paragraph(text)] + summary.notes.map(Block.warning)
      + [.facts(facts)]
  }

  private var facts: [(name: String, values: [String])] {
    let cells = suite.cells
    let tasks = cells.map { "\($0.datasetLabel) \($0.words)" }.distinct()
    let repeats = Dictionary(grouping: cells, by: \.family).values.map(\.count)
    let iterations = cells.filter(\.plan.isTrained).map(\.plan.effort.iterations)
    return [
      ("Scale", [scale]),
      ("Algorithms", cells.map(\.label).distinct()),
      (tasks.count == 1 ? "Task" : "Tasks", Self.shortened(tasks)),
      ("Repeats", [Format.list(repeats)]),
      ("Training", [iterations.isEmpty ? "none" : Self.range(iterations, "iteration")]),
      (
        "Test",
        [
          (cells.contains { $0.plan.effort.until != nil } ? "up to " : "")
            + Self.range(cells.map(\.plan.effort.units), suite.kind.unit.singular), "the same for all algorithms",
        ]
      ),
    ]
  }

  /// How what was run compares with the papers.
  private var scale: String {
    let rows = tables.flatMap { $0.table.rows }
    let full = rows.count { $0.scale == .paper }
    let reduced = rows.count { [.reduced, .partly].contains($0.scale) }
    if full + reduced == 0 { return "no published figures to compare with" }
    if reduced == 0 { return "that of the papers" }
    if full == 0 { return "reduced: published figures are for orientation only" }
    return "reduced in \(reduced.grouped) of \((full + reduced).counted("row")): "
      + "published figures are for orientation only there"
  }

  private static func range(_ values: [Int], _ noun: String) -> String {
    guard let least = values.min(), let greatest = values.max(), least < greatest else {
      return (values.first ?? 0).counted(noun)
    }
    return "\(least.grouped) to \(greatest.counted(noun))"
  }

  private static func shortened(_ names: [String]) -> [String] {
    names.count > 8 ? names.prefix(8) + ["and \((names.count - 8).grouped) more"] : names
  }

  var results: [Block] {
    tables.enumerated().flatMap { index, named -> [Block] in
      let path = "tables/\(named.name)"
      return [
        .section("Table \(index + 1): \(named.table.title)"),
        .table(named.table.printed, label: named.table.title),
        .links([("Markdown", "\(path).md"), ("CSV", "\(path).csv"), ("LaTeX", "\(path).tex")]),
      ]
    }
  }

  /// The cells without a result, with the reason.
  var unfinished: [Block] {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = suite.cells.compactMap { cell -> [String]? in
      guard let record = byCell[cell.id], let message = record.status.message else { return nil }
      return [cell.id, record.status.name, message.replacing("\n", with: " ")]
    }
    var blocks: [Block] = []
    if !lines.isEmpty {
      let title = "Cells without a result"
      blocks += [
        .section(title), .table(PrintedTable(["cell", "status", "reason"], lines), label: title),
      ]
    }
    let open = suite.cells.map(\.id).filter { byCell[$0] == nil }
    if !open.isEmpty {
      let listed = Self.shortened(open.map { "`\($0)`" }).joined(separator: ", ")
      blocks.append(
        .paragraph("\(open.count.counted("cell")) not run yet; `metabench run` goes on with them: \(listed)."))
    }
    if !summary.foreign.isEmpty {
      let names = summary.foreign.map { "`\($0)`" }.joined(separator: ", ")
      blocks.append(.paragraph("Left out, for the suite has no such cells: \(names)."))
    }
    return blocks
  }

  /// What went wrong in cells that are done all the same.
  var remarks: [Block] {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let done = suite.cells.compactMap { byCell[$0.id] }.filter { $0.status == .done }
    let lines = done.flatMap { record in record.remarks.map { [record.cell, $0] } }
    guard !lines.isEmpty else { return [] }
    let title = "Remarks on cells that are done"
    return [.section(title), .table(PrintedTable(["cell", "remark"], lines), label: title)]
  }

  /// Figures of other sources about the same cells, so that the spread can be seen.
  var elsewhere: [Block] {
    var lines: [[PrintedTable.Cell]] = []
    var seen: Set<PublishedFigure> = []
    for (_, table) in tables {
      for entry in table.entries {
        guard let beside = entry.published else { continue }
        seen.insert(beside)
        let figures = PublishedFigures.about(entry.family.cell, entry.measure)
        for figure in figures where seen.insert(figure).inserted {
          let cell = entry.family.cell
          let steps = entry.measure.steps.map { ", \($0.counted("step"))" } ?? ""
          lines.append([
            .init(cell.label), .init("\(cell.datasetLabel), \(cell.words)\(steps)"),
            .init(figure.parts, value: figure.number), .init(figure.origin),
          ])
        }
      }
    }
    guard !lines.isEmpty else { return [] }
    let title = "The same figures from other sources"
    let columns = ["algorithm", "task", "published", "source"].map {
      PrintedTable.Column(heading: $0, isNumeric: $0 == "published")
    }
    return [.section(title), .table(PrintedTable(columns: columns, rows: lines), label: title)]
  }

  /// On what the results were made, and how to check them.
  var provenance: [Block] {
    let all = records.compactMap { Provenance(json: $0.provenance) }.flatMap { made in
      made.trained == nil ? [made] : [made, made.ofTraining]
    }.map { made in
      let commit = made.commit.isEmpty ? "" : " (commit \(made.commit.prefix(12)))"
      return "MetaBench \(made.version)\(commit), \(made.swift), \(made.cpu), "
        + "\(made.threads.counted("thread")), matrix kernels \(made.kernels)"
    }
    let origins = all.sorted().distinct().map { origin in
      "\(all.count { $0 == origin }.counted("cell")): \(origin)"
    }
    let made: [Block] = origins.isEmpty ? [] : [.section("Made with"), .list(origins)]
    return made + [
      .section("How to check it"),
      .paragraph(
        "The same results give this report byte for byte, and the same suite the same results on "
          + "the same type of CPU. The first command writes the report anew, the second computes "
          + "stored episodes again from the stored parameters, the third trains and tests whatever "
          + "has no result yet."),
      .commands([
        "metabench report results/\(suite.name)", "metabench verify results/\(suite.name)",
        "metabench run suites/\(suite.name).yaml",
      ]),
    ]
  }
}
