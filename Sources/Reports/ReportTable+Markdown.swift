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

  /// How the numbers were made, as sentences.
  private var notes: [String] {
    let measured = entries.filter { $0.estimate != nil }
    guard !measured.isEmpty else { return [] }
    let cells = measured.map(\.family.cell)
    let estimates = measured.compactMap(\.estimate)
    return [
      estimator(estimates), episodes(cells, measured), data(cells), training(cells), repeats, scale,
    ].compactMap(\.self)
  }

  private func estimator(_ estimates: [Estimate]) -> String {
    let unit = metric == "accuracy" ? "Accuracy in percent" : "Mean squared error"
    let repeats = estimates.map(\.repeats).max() ?? 1
    let episodes = Format.list(estimates.map(\.episodes))
    let first = estimates[0]
    var text = "\(unit): mean ± half-width of the 95 % interval over \(episodes) test episodes"
    text += " (\(first.overEpisodes.method)"
    if repeats > 1, estimates.allSatisfy(\.sharesEpisodes) {
      text += "; an episode's score is its mean over the repeats"
    }
    text += ")."
    if repeats > 1 {
      let counts = Format.list(estimates.map(\.repeats).filter { $0 > 1 })
      text += " In parentheses: half-width over the means of \(counts) repeats "
      text += "(\(first.overRepeats.method))."
    }
    return text
  }

  private func episodes(_ cells: [Cell], _ measured: [Entry]) -> String {
    let queries = Format.list(cells.map(\.test.query))
    var text = "Test episodes have \(queries) queries\(cells[0].isRegression ? "" : " per class")"
    if layout.steps.isEmpty {
      let steps = measured.map(\.steps).filter { $0 > 0 }
      if !steps.isEmpty {
        text += "; adapting algorithms are scored after their last step (\(Format.list(steps)))"
      }
    }
    return text + "."
  }

  private func data(_ cells: [Cell]) -> String {
    let splits = Format.distinct(
      cells.map { "\($0.dataset) `\($0.split)` (SHA-256 `\($0.splitDigest.prefix(12))`)" })
    var text = "Split: \(Format.list(splits))."
    if !cells[0].isRegression {
      let policies = Format.distinct(cells.map { "`\($0.test.batchNorm.rawValue)`" })
      text += " Batch-norm policy: \(Format.list(policies))."
    }
    return text
  }

  private func training(_ cells: [Cell]) -> String {
    let iterations = Format.list(cells.map(\.training.iterations))
    let batches = Format.list(cells.map(\.training.metaBatch))
    return "Trained for \(iterations) iterations with a meta-batch of \(batches); "
      + "every cell's full configuration is in its result file."
  }

  private var repeats: String? {
    guard entries.contains(where: { ($0.estimate?.repeats ?? 0) < $0.family.count }) else {
      return nil
    }
    return "Not every cell is done: `[1 of 3]` means that one of three repeats is."
  }

  private var scale: String? {
    guard hasPublished else { return nil }
    let scales = rows.map(\.scale)
    var sentences: [String] = []
    if scales.contains(.paper) {
      sentences.append(
        "`paper scale`: at least as many iterations, episodes per iteration and test episodes as "
          + "in the paper.")
    }
    if scales.contains(.reduced) {
      sentences.append(
        "`reduced`: fewer than in the paper, so the published figure is there for orientation and "
          + "no agreement is judged.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
