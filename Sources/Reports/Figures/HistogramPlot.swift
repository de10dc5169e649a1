import Judgements
import Statistics
import Suites

/// How the accuracies of single episodes are spread, algorithm by algorithm.
struct HistogramPlot {
  struct Row {
    let name: String
    let mean: Double
    /// Episodes in each bin, the lowest accuracies first.
    let counts: [Int]
  }

  private let group: SharedEpisodes
  private let rows: [Row]
  /// Query examples of an episode, of which each bin holds equal numbers.
  private let queries: Int
  /// How many right answers an episode of each bin has.
  private let bins: [ClosedRange<Int>]

  /// - Returns: nil where scores are no shares of answers: errors have no common bins.
  init?(_ group: SharedEpisodes) {
    guard let queries = group.cell.plan.kind.answers, group.episodes > 0 else { return nil }
    self.group = group
    let width = max(1, Int((Double(queries) / 25).rounded()))
    let bins = stride(from: queries, through: 0, by: -width).reversed().map {
      max(0, $0 - width + 1)...$0
    }
    self.queries = queries
    self.bins = bins
    rows = group.families.compactMap { family in
      let scores = family.done.flatMap(\.test.final).filter(\.isFinite)
      guard let summary = Summary(of: scores) else { return nil }
      var counts = [Int](repeating: 0, count: bins.count)
      for score in scores {
        let missed = queries - Int((score * Double(queries)).rounded())
        counts[min(max(bins.count - 1 - missed / width, 0), bins.count - 1)] += 1
      }
      return Row(name: family.cell.label, mean: summary.mean, counts: counts)
    }
    if rows.isEmpty { return nil }
  }

  var figure: Figure {
    Figure(
      kind: .distributions,
      slug: Format.slug("episodes \(group.cell.dataset) \(group.cell.split) \(group.task)"),
      title: title, caption: caption, csv: csv, drawing: .lines(drawing))
  }

  private var title: String { "Accuracy of single episodes, \(group.cell.datasetLabel) \(group.task)" }

  private var drawing: SVG {
    let step = 50.0
    let room = 40.0
    let bottom = 10 + step * Double(rows.count)
    var plot = RowPlot(
      names: rows.map(\.name), axis: Axis(holding: [0, 100], count: 5), height: bottom + 52)
    plot.ticks(from: 10, to: bottom, label: "accuracy (%)")
    for (index, row) in rows.enumerated() {
      let base = 10 + step * Double(index + 1)
      let greatest = Double(row.counts.max() ?? 1)
      for (bin, count) in row.counts.enumerated() where count > 0 {
        let height = room * Double(count) / greatest
        let from = plot.x((Double(bins[bin].lowerBound) - 0.5) / Double(queries) * 100)
        let to = plot.x((Double(bins[bin].upperBound) + 0.5) / Double(queries) * 100)
        let width = max(0.6, to - from - 1)
        plot.svg.rectangle(from, base - height, width: width, height: height, "count")
      }
      plot.svg.line(plot.left, base, plot.right, base, "axis")
      let mean = plot.x(row.mean * 100)
      plot.svg.line(mean, base, mean, base - room - 4, "mean")
      plot.name(row.name, at: base - room / 2)
    }
    return plot.svg
  }

  private var caption: String {
    let repeats = group.families.map(\.done.count)
    var text = "**\(title).** How many of the test episodes "
    text += repeats.contains { $0 > 1 } ? "of all \(Format.list(repeats)) repeats " : ""
    text += "had which accuracy; each row is scaled to its own highest bar. Line: mean. "
    text += "A bar is \(bins.last!.count.counted("more right answer")) wide, "
    text += "of the \(queries.grouped) that an episode asks for."
    return text + group.families.standing
  }

  private var csv: String {
    var text = CSV.line(["algorithm", "correct_from", "correct_to", "queries", "scores"])
    for row in rows {
      for (bin, count) in zip(bins, row.counts) {
        text += CSV.line([
          row.name, "\(bin.lowerBound)", "\(bin.upperBound)", "\(queries)", "\(count)",
        ])
      }
    }
    return text
  }
}
