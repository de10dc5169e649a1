import Judgements
import Results
import Statistics

extension CurvePlot {
  /// What each algorithm's training took, and what it was good for.
  ///
  /// - Returns: nil if fewer than two algorithms were trained.
  init?(cost group: SharedEpisodes, colors: [String: Int]) {
    let cell = group.cell
    var lines: [Line] = []
    var levels: [(name: String, y: Double, color: Int)] = []
    var threads: [Int] = []
    for family in group.families {
      guard let estimate = family.estimate(by: .standard), estimate.mean.isFinite else {
        continue
      }
      let name = family.cell.label
      let color = colors[name] ?? lines.count
      let y = estimate.mean * group.scale
      let seconds = family.done.compactMap { $0.training.last?.seconds }.filter { $0 > 0 }
      guard let mean = Summary(of: seconds)?.mean else {
        levels.append((name, y, color))
        continue
      }
      threads += family.done.compactMap { $0.trainingProvenance?.threads }
      let point = Point(
        x: mean, estimate, scale: group.scale, isNonNegative: group.cell.metric.isNonNegative)
      lines.append(
        Line(
          name: name, points: [point], leftOut: [], fit: [], fitDegree: nil, published: [],
          color: color))
    }
    guard lines.count > 1 else { return nil }
    kind = .cost
    slug = Format.slug("cost \(cell.dataset) \(cell.split) \(group.task)")
    let what = cell.metric == .loss ? "Error" : cell.metric.words.capitalizedFirst
    title = "\(what) against training time, \(cell.datasetLabel) \(group.task)"
    xLabel = "seconds of training"
    yLabel = cell.metric.isShare ? "\(cell.metric.words) (%)" : cell.metric.words
    self.lines = lines
    self.levels = levels
    marksPoints = true
    xIsWhole = false
    isPercent = cell.metric.isShare
    xIsLogarithmic = true
    caption = Self.costCaption(
      group, title: title, lines, untrained: levels.map(\.name), threads: threads)
  }

  private static func costCaption(
    _ group: SharedEpisodes, title: String, _ lines: [Line], untrained: [String], threads: [Int]
  ) -> String {
    let repeats = group.families.map(\.done.count)
    let several = repeats.contains { $0 > 1 }
    var text = "**\(title).** Wall-clock seconds until the last training iteration"
    text += several ? ", mean of the repeats" : ""
    text += " (logarithmic); they are those of the machines named below"
    let counts = Set(threads).sorted()
    if !counts.isEmpty {
      text += ", on \(Format.list(counts)) \(counts == [1] ? "thread" : "threads")"
    }
    text += counts.count > 1 ? ", and comparable only where these are equal" : ""
    text += ". Bars: 95 % interval for other test episodes"
    text += several ? " and other repeats, of \(Format.list(repeats))" : ""
    text += " (\(estimator(of: group.cell.metric, overEpisodes: true, several: several)))."
    text += group.families.standing
    if !untrained.isEmpty { text += " Dashed: not trained." }
    if let chance = group.cell.plan.kind.chance { text += " " + hourlyGains(lines, chance: chance) }
    return text
  }

  /// How much accuracy an hour of such training is worth: points above chance, divided by hours.
  private static func hourlyGains(_ lines: [Line], chance: Double) -> String {
    let gains = lines.map { line in
      let point = line.points[0]
      return (name: line.name, points: (point.y - 100 * chance) / (point.x / 3600))
    }
    let words = gains.sorted { ($0.points, $1.name) > ($1.points, $0.name) }
      // A training that took no time at all is worth no number of points.
      .compactMap { gain in Int(exactly: gain.points.rounded()).map { "\(gain.name) \($0.grouped)" } }
    return "Points of accuracy above chance per hour of training: \(words.joined(separator: ", "))."
  }
}
