import Judgements
import Suites

extension ReportTable {
  /// The table with one line for each measured figure, in the unit of results (accuracy in 0...1).
  var csv: String {
    var text = CSV.line(
      [layout.rows] + layout.columns + [
        "metric", "steps", "mean", "ci95_episodes", "episodes", "ci95_repeats", "repeats",
        "repeats_wanted", "published", "published_ci95", "published_source", "published_confirmed",
        "repeats_diverged", "repeats_failed", "ci95", "ci95_covers", "ci95_lower", "ci95_upper", "scale", "verdict",
        "difference", "difference_lower", "difference_upper", "margin", "published_precision",
      ])
    for row in rows {
      for (column, entry) in zip(columns, row.entries) {
        guard let entry else { continue }
        let estimate = entry.estimate
        let published = entry.published
        text += CSV.line(
          [row.name] + column.values + [
            metric.name, estimate == nil ? "" : entry.place, CSV.number(estimate?.mean),
            CSV.number(estimate?.overEpisodes.longerSide), "\(estimate?.episodes ?? 0)",
            CSV.number(estimate?.overRepeats.halfWidth), "\(estimate?.repeats ?? 0)",
            "\(entry.family.count)", published?.number.map { "\($0)" } ?? "",
            published?.halfWidth.map { "\($0)" } ?? "",
            published?.citation ?? "",
            published.map { $0.isConfirmed ? "yes" : "no" } ?? "",
            "\(entry.family.others.count { $0 == "diverged" })",
            "\(entry.family.others.count { $0 == "failed" })",
            CSV.number(estimate?.halfWidth),
            estimate.map { $0.combined == nil ? "episodes" : "episodes and repeats" } ?? "",
            CSV.number(estimate?.ends?.lowerBound), CSV.number(estimate?.ends?.upperBound),
            Scale([entry]).rawValue.replacing("–", with: ""),
          ] + Self.fields(of: entry.verdict))
      }
    }
    return text
  }
  private static func fields(of verdict: Verdict?) -> [String] {
    guard let verdict else { return ["", "", "", "", "", ""] }
    let numbers = [
      verdict.difference, verdict.interval.lowerBound, verdict.interval.upperBound, verdict.margin,
    ]
    return [verdict.outcome.rawValue] + numbers.map { "\($0)" } + [verdict.precision.rawValue]
  }
}
