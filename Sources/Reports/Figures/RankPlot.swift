import Statistics
import Suites

/// A critical-difference diagram: mean ranks of the algorithms, and which cannot be told apart.
///
/// - Reference: Demšar 2006, figure 1.
struct RankPlot {
  private let cell: Cell
  private let names: [String]
  private let ranks: CriticalDifference
  /// The kinds of episodes whose episodes are the blocks.
  private let tasks: [String]
  private let repeats: [Int]
  private let standing: String
  /// Whether a training was tested under several protocols, of which the first counts.
  private let hasTwins: Bool

  /// - Parameter groups: Of one metric, dataset and split. Those of a single algorithm compare nothing and do not
  ///   count.
  /// - Returns: nil if fewer than three algorithms were tested on all of them.
  init?(_ groups: [SharedEpisodes]) {
    let groups = groups.filter { $0.families.count > 1 }
    guard !groups.isEmpty else { return nil }
    cell = groups[0].cell
    let names = groups[0].trainings.filter { name in
      groups.allSatisfy { $0.names.count { $0 == name } == 1 }
    }
    let places = groups.map { group in names.map { group.names.firstIndex(of: $0)! } }
    let scores = names.indices.map { index in
      zip(groups, places).flatMap { group, places in group.scores[places[index]] }
    }
    guard names.count > 2, scores.allSatisfy({ $0.allSatisfy { !$0.isNaN } }),
      let ranks = CriticalDifference(scores, higherIsBetter: cell.metric.direction != .lower)
    else { return nil }
    self.names = names
    self.ranks = ranks
    tasks = groups.map(\.task)
    hasTwins = groups.contains { $0.trainings.count < $0.names.count }
    repeats = groups.flatMap { $0.families.map(\.done.count) }
    standing = groups.flatMap(\.families).standing
  }

  var figure: Figure {
    Figure(
      kind: .comparison, slug: Format.slug("ranks \(cell.dataset) \(cell.split) \(cell.metric.name)"),
      title: title, caption: caption, csv: csv, drawing: .lines(drawing))
  }

  private var title: String { "Mean ranks, \(cell.datasetLabel)" }

  private var drawing: SVG {
    let order = ranks.order
    let groups = ranks.groups
    let step = 27.0
    let top = 74.0
    let first = top + 24 + 13 * Double(groups.count)
    let height = first + step * Double(order.count)
    var plot = RowPlot(
      names: names, axis: Axis(holding: [1, Double(order.count)], count: order.count - 1),
      height: height, margin: 64)
    // The length that tells two ranks apart, above the axis.
    let end = plot.x(1 + ranks.criticalDifference)
    for x in [plot.x(1), end] { plot.svg.line(x, 15, x, 25, "axis") }
    plot.svg.line(plot.x(1), 20, end, 20, "axis")
    plot.svg.text(
      "critical difference \(Format.fixed(ranks.criticalDifference, 2))", end + 10, 25, .start,
      "quiet small")
    plot.svg.line(plot.left, top, plot.right, top, "axis")
    for tick in plot.axis.ticks {
      plot.svg.line(plot.x(tick), top - 5, plot.x(tick), top, "axis")
      plot.svg.text(plot.axis.text(tick), plot.x(tick), top - 12, .middle, "quiet small")
    }
    plot.svg.text("mean rank", plot.left - 12, top - 12, .end, "quiet small")
    for (row, index) in order.enumerated() {
      let x = plot.x(ranks.meanRanks[index])
      let y = first + step * Double(row)
      plot.svg.polyline([(x, top), (x, y), (plot.left, y)], "leader")
      plot.name(names[index], at: y)
      plot.svg.text(Format.fixed(ranks.meanRanks[index], 2), RowPlot.width - 4, y + 5, .end, "quiet small")
    }
    for (row, group) in groups.enumerated() {
      let y = top + 14 + 13 * Double(row)
      let from = plot.x(ranks.meanRanks[order[group.lowerBound]]) - 4
      let to = plot.x(ranks.meanRanks[order[group.upperBound]]) + 4
      plot.svg.line(from, y, to, y, "clique")
    }
    return plot.svg
  }

  private var caption: String {
    let best = cell.metric.best
    var text = "**\(title).** Rank 1 is the \(best). The blocks are the test episodes of "
    text += "\(tasks.joined(separator: ", ")): \(ranks.blocks.grouped) in all, shared by all "
    text += "algorithms"
    if repeats.contains(where: { $0 > 1 }) {
      text += "; an episode's score is its mean over the repeats"
    }
    if hasTwins { text += "; a training that was tested under several protocols counts once, by the first" }
    text += "; ties share their rank. "
    text += ranks.groups.isEmpty
      ? "Any two algorithms differ at the 5 % level"
      : "Algorithms under a thick bar do not differ at the 5 % level"
    text += " (Nemenyi; Friedman's χ² = \(Format.fixed(ranks.statistic, 1)), p "
    text += ranks.p < 0.001 ? "< 0.001" : "= \(Format.fixed(ranks.p, 3))"
    text += ", corrected for ties; Demšar 2006). It speaks of other episodes, not of other "
    text += "trainings."
    return text + standing
  }

  private var csv: String {
    var text = CSV.line([
      "algorithm", "mean_rank", "groups", "critical_difference", "blocks", "chi_square", "p",
    ])
    let letters = Array("abcdefghijklmnopqrstuvwxyz").map(String.init)
    for (place, index) in ranks.order.enumerated() {
      let groups = ranks.groups.enumerated().filter { $1.contains(place) }.map { index, _ in
        index < letters.count ? letters[index] : "\(index)"
      }
      text += CSV.line([
        names[index], "\(ranks.meanRanks[index])", groups.joined(), "\(ranks.criticalDifference)",
        "\(ranks.blocks)", "\(ranks.statistic)", "\(ranks.p)",
      ])
    }
    return text
  }
}
