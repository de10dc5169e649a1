import Suites

extension ReportTable {
  /// The table and its notes in GitHub's Markdown, aligned to be readable as plain text too.
  var markdown: String {
    var sources: [String] = []
    func mark(_ figure: PublishedFigure) -> String {
      if let index = sources.firstIndex(of: figure.origin) {
        return Format.superscript(index + 1)
      }
      sources.append(figure.origin)
      return Format.superscript(sources.count)
    }

    let withPublished = columns.indices.map { column in
      rows.contains { $0.entries[column]?.published != nil }
    }
    var lines: [[String]] = [[layout.rows]]
    for (column, hasPublished) in zip(columns, withPublished) {
      lines[0].append(column.heading)
      if hasPublished { lines[0].append("published") }
    }
    if hasPublished { lines[0].append("scale") }
    for row in rows {
      var line = [row.name]
      for (entry, hasPublished) in zip(row.entries, withPublished) {
        line.append(entry.map(Self.text) ?? "")
        if hasPublished { line.append(entry?.published.map { "*\($0.text)*\(mark($0))" } ?? "–") }
      }
      if hasPublished { line.append(row.scale.rawValue) }
      lines.append(line)
    }

    let isRight = lines[0].indices.map { $0 > 0 && !(hasPublished && $0 == lines[0].count - 1) }
    var text = Markdown.table(lines, isRight: isRight)
    let notes = notes
    if !notes.isEmpty { text += "\n" + notes.map { "- \($0)\n" }.joined() }
    for (index, source) in sources.enumerated() {
      text += (index == 0 ? "\n" : "") + "\(Format.superscript(index + 1)) \(source)."
      text += index == sources.count - 1 ? "\n" : "  \n"
    }
    return text
  }

  /// `98.7 ± 0.4`, with the half-width over repeats in parentheses; else why there is none.
  static func text(_ entry: Entry) -> String {
    let family = entry.family
    let metric = family.cell.metric
    guard let estimate = entry.estimate else {
      guard family.done.isEmpty else { return "–" }
      let reason = family.others.first { $0 != "missing" } ?? "missing"
      return reason == "missing" ? "not run" : reason
    }
    let digits = Format.digits(metric: metric, size: abs(estimate.mean))
    func score(_ value: Double) -> String { Format.score(value, metric: metric, digits: digits) }
    var text = score(estimate.mean)
    if let width = estimate.overEpisodes.halfWidth { text += " ± \(score(width))" }
    if let width = estimate.overRepeats.halfWidth { text += " (± \(score(width)))" }
    if estimate.repeats < family.count { text += " [\(estimate.repeats) of \(family.count)]" }
    return text
  }
}
