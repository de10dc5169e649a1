import Results
import Suites

/// `report.md`: everything on one page.
struct ReportPage {
  let suite: Suite
  let records: [CellRecord]
  let tables: [ReportTable]
  let figures: [Figure]
  /// Paths of the figures that were drawn.
  let drawn: Set<String>
  let summary: ReportSummary

  var markdown: String {
    var text = "# \(suite.title)\n\n\(opening)\n"
    for note in summary.notes { text += "\n> \(note)\n" }
    for (index, table) in tables.enumerated() {
      let name = ReportWriter.name(of: table, index)
      text += "\n## Table \(index + 1): \(table.title)\n\n\(table.markdown)"
      text += "\n[Markdown](tables/\(name).md) · [CSV](tables/\(name).csv)\n"
    }
    if !figures.isEmpty { text += "\n## Figures\n" }
    for figure in figures {
      let path = "figures/\(figure.slug).svg"
      text += drawn.contains(path) ? "\n![\(figure.title)](\(path))\n" : ""
      text += "\n\(figure.caption) [Numbers](figures/\(figure.slug).csv)\n"
    }
    return text + unfinished + elsewhere + origin
  }

  private var opening: String {
    let total = suite.cells.count
    var parts: [String] = []
    for (count, word) in [
      (summary.failed, "failed"), (summary.diverged, "diverged"), (summary.missing, "not run"),
    ] where count > 0 {
      parts.append("\(Format.count(count)) \(word)")
    }
    let rest = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return """
      Suite `\(suite.name)`, version \(suite.version), seed \(suite.seed), file SHA-256 \
      `\(suite.digest.prefix(12))`. **\(Format.count(summary.done)) of \
      \(Format.count(total, "cell")) done**\(rest). Every cell and number of adaptation steps is \
      in [cells.csv](cells.csv).
      """
  }

  /// The cells without a result, with the reason.
  private var unfinished: String {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = suite.cells.compactMap { cell -> [String]? in
      guard let record = byCell[cell.id] else { return [cell.id, "not run", ""] }
      guard let message = record.status.message else { return nil }
      return [cell.id, record.status.name, message.replacing("\n", with: " ")]
    }
    var text = ""
    if !lines.isEmpty {
      text += "\n## Cells without a result\n\n"
      text += Markdown.table(
        [["cell", "status", "reason"]] + lines, isRight: [false, false, false])
    }
    if !summary.foreign.isEmpty {
      let names = summary.foreign.map { "`\($0)`" }.joined(separator: ", ")
      text += "\nLeft out, for the suite has no such cells: \(names).\n"
    }
    return text
  }

  /// Figures of other sources about the same cells, so that the spread can be seen.
  private var elsewhere: String {
    var lines: [[String]] = []
    var seen: Set<PublishedFigure> = []
    for table in tables {
      for entry in table.entries {
        guard let beside = entry.published else { continue }
        seen.insert(beside)
        let figures = PublishedFigures.about(entry.family.cell, steps: entry.askedSteps)
        for figure in figures where seen.insert(figure).inserted {
          let cell = entry.family.cell
          let task = cell.isRegression ? "K = \(cell.shot)" : "\(cell.way)-way \(cell.shot)-shot"
          let steps = entry.askedSteps.map { ", \(Format.count($0, "step"))" } ?? ""
          lines.append([cell.label, "\(cell.dataset), \(task)\(steps)", figure.text, figure.origin])
        }
      }
    }
    guard !lines.isEmpty else { return "" }
    return "\n## The same figures from other sources\n\n"
      + Markdown.table(
        [["algorithm", "task", "published", "source"]] + lines,
        isRight: [false, false, true, false])
  }

  /// On what the results were made.
  private var origin: String {
    let origins = Format.distinct(
      records.compactMap { Provenance(json: $0.provenance) }.map { made in
        let commit = made.commit.isEmpty ? "" : " (commit \(made.commit.prefix(12)))"
        return "MetaBench \(made.version)\(commit), \(made.swift), \(made.cpu), "
          + "\(Format.count(made.threads, "thread")), matrix kernels \(made.kernels)"
      }.sorted())
    guard !origins.isEmpty else { return "" }
    return "\n## Made with\n\n" + origins.map { "- \($0)\n" }.joined()
  }
}
