import Judgements
import Statistics
import Suites

/// How far each algorithm is from one of them, on the same episodes.
struct DifferencePlot {
  struct Row {
    let name: String
    let difference: CellDifference
    /// The p-value after Holm's correction over all rows of the figure.
    var p: Double
  }

  struct Panel {
    let task: String
    let reference: String
    let scale: Double
    var rows: [Row]
  }

  private let cell: Cell
  private(set) var panels: [Panel]
  private let repeats: [Int]
  private let standing: String
  private let episodes: [Int]
  private let strangers: [String]

  /// - Parameters:
  ///   - groups: Of one metric, dataset and split.
  ///   - reference: The algorithm that the others are compared with; the first one of a group that
  ///     has no such.
  /// - Returns: nil if there is nothing to compare.
  init?(_ groups: [SharedEpisodes], reference: String?) {
    cell = groups[0].cell
    var used: [CellFamily] = []
    panels = groups.compactMap { group -> Panel? in
      let place = group.names.firstIndex { $0 == reference } ?? 0
      let rows = group.families.indices.filter { $0 != place }.compactMap {
        Self.row(group, $0, against: place)
      }
      guard !rows.isEmpty else { return nil }
      used += group.families
      return Panel(task: group.task, reference: group.names[place], scale: group.scale, rows: rows)
    }
    guard !panels.isEmpty else { return nil }
    repeats = used.map(\.done.count)
    standing = used.standing
    episodes = groups.filter { $0.families.count > 1 }.map(\.episodes)
    strangers = groups.flatMap { group in group.strangers.map { "\($0), \(group.task)" } }
    let adjusted = MultipleTesting.holm(panels.flatMap { $0.rows.map(\.p) })
    var next = adjusted.makeIterator()
    for panel in panels.indices {
      for row in panels[panel].rows.indices { panels[panel].rows[row].p = next.next()! }
    }
  }

  private static func row(_ group: SharedEpisodes, _ index: Int, against place: Int) -> Row? {
    let families = group.families
    guard let pairing = try? Pairing(families[index].done, families[place].done),
      let difference = CellDifference(
        pairing, of: (Replicates(families[index]), Replicates(families[place])))
    else { return nil }
    return Row(name: group.names[index], difference: difference, p: difference.estimate.p)
  }

  // MARK: Drawing

  var figure: Figure {
    Figure(
      kind: .comparison,
      slug: Format.slug("differences \(cell.dataset) \(cell.split) \(cell.metric.name)"),
      title: title, caption: caption, csv: csv, drawing: .lines(drawing))
  }

  /// The algorithm that all panels compare with; nil if they differ.
  private var reference: String? {
    panels.allSatisfy { $0.reference == panels[0].reference } ? panels[0].reference : nil
  }

  private var title: String {
    let what = cell.metric == .loss ? "error" : cell.metric.words
    return "Differences in \(what) to \(reference ?? "the first algorithm"), \(cell.datasetLabel)"
  }

  private var drawing: SVG {
    let step = 27.0
    let header = 36.0
    let scales = panels.flatMap { panel in
      panel.rows.flatMap { row in
        let half = row.difference.estimate.halfWidth()
        return [row.difference.mean - half, row.difference.mean + half].map { $0 * panel.scale }
      }
    }
    let rowCount = panels.map(\.rows.count).reduce(0, +)
    let bottom = 6 + header * Double(panels.count) + step * Double(rowCount)
    var plot = RowPlot(
      names: panels.flatMap { $0.rows.map(\.name) }, axis: Axis(holding: scales + [0], count: 5),
      height: bottom + 52, margin: 104)
    let unit =
      cell.metric.isShare
        ? "percentage points (\(cell.metric.direction == .lower ? "left" : "right"): better)"
        : "\(cell.metric == .loss ? "squared error" : cell.metric.words) (\(cell.metric.direction == .lower ? "left" : "right"): better)"
    plot.ticks(from: 30, to: bottom, label: unit)
    plot.svg.line(plot.x(0), 30, plot.x(0), bottom, "zero")
    var y = 6.0
    for panel in panels {
      let heading = reference == nil ? "\(panel.task), against \(panel.reference)" : panel.task
      plot.svg.text(heading, plot.left - 12, y + 20, .end, "strong")
      y += header
      for row in panel.rows {
        draw(row, of: panel, at: y + step / 2 - 4, in: &plot)
        y += step
      }
    }
    return plot.svg
  }

  private func draw(_ row: Row, of panel: Panel, at y: Double, in plot: inout RowPlot) {
    let difference = row.difference
    let mean = difference.mean * panel.scale
    plot.name(row.name, at: y)
    let half = difference.estimate.halfWidth() * panel.scale
    if difference.combined != nil {
      plot.svg.line(plot.x(mean - half), y, plot.x(mean + half), y, "thin")
    }
    let inner = difference.overEpisodes.halfWidth() * panel.scale
    plot.svg.line(plot.x(mean - inner), y, plot.x(mean + inner), y, "bar")
    plot.svg.circle(plot.x(mean), y, radius: 3.4, row.p < 0.05 ? "dot" : "ring")
    let size = max(abs(difference.mean), difference.estimate.halfWidth())
    let digits = Format.digits(metric: cell.metric, size: size)
    let sign = mean < 0 ? "−" : "+"
    let text = "\(sign)\(Format.fixed(abs(mean), digits)) ± \(Format.fixed(half, digits))"
    plot.svg.text(text, RowPlot.width - 4, y + 5, .end, "quiet small")
  }

  private var caption: String {
    var text = "**\(title).** The mean over \(Format.list(episodes)) test episodes that both "
    text += "algorithms were tested on"
    let several = repeats.contains { $0 > 1 }
    text += several ? " (an episode's score is its mean over the repeats)" : ""
    text += ", and the algorithm minus \(reference ?? "the one named"). "
    text += "Thick: 95 % interval for other episodes (paired Student t). "
    let isCombined = panels.contains { $0.rows.contains { $0.difference.combined != nil } }
    if isCombined { text += "Thin: for other episodes and other repeats (crossed random effects). " }
    text += "Printed at the right: the wider one there is. Filled: different at the 5 % level by it, "
    text += "after Holm's correction for "
    text += "the \(panels.map(\.rows.count).reduce(0, +).counted("comparison")) shown."
    if !strangers.isEmpty {
      text += " Left out, for tested on other episodes: \(strangers.joined(separator: "; "))."
    }
    return text + standing
  }

  private var csv: String {
    var text = CSV.line([
      "task", "algorithm", "reference", "mean", "lower_episodes", "upper_episodes", "lower", "upper", "p",
      "p_holm", "episodes",
    ])
    for panel in panels {
      for row in panel.rows {
        let difference = row.difference
        let intervals = [difference.overEpisodes, difference.estimate].map { $0.interval() }
        text += CSV.line(
          [panel.task, row.name, panel.reference, "\(difference.mean)"]
            + intervals.flatMap { ["\($0.lowerBound)", "\($0.upperBound)"] }
            + ["\(difference.estimate.p)", "\(row.p)", "\(difference.episodes)"])
      }
    }
    return text
  }
}
