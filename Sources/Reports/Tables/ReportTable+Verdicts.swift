import Judgements
import Suites

extension ReportTable.Entry {
  /// How the measured figure compares with the published one; nil unless the cell was run at the
  /// paper's scale, and for figures that are not confirmed.
  ///
  /// Repeats that were not tested on the same episodes have no common verdict.
  var verdict: Verdict? {
    guard let published, published.isConfirmed, published.isPaperScale(family.cell),
      let estimate, estimate.sharesEpisodes, let figure = published.figure
    else { return nil }
    let runs = family.done.filter { (0...$0.test.steps).contains(steps) }
    return Verdict(
      runs.map { $0.test.scores(after: steps) }, against: figure,
      margin: Verdict.margin(metric: published.metric, published: figure.value))
  }
}

extension PublishedFigure {
  /// The figure as verdicts take it; nil if it is no number.
  fileprivate var figure: Verdict.Figure? {
    guard let number else { return nil }
    let decimals = value.split(separator: ".").dropFirst().first?.count ?? 0
    let digit = 1 / (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return Verdict.Figure(
      value: number, halfWidth: halfWidth, resolution: metric == "accuracy" ? digit / 100 : digit,
      episodes: episodes)
  }
}

extension ReportTable {
  /// Whether any entry of a column has a verdict.
  func hasVerdict(_ column: Int) -> Bool {
    rows.contains { $0.entries[column]?.verdict != nil }
  }

  /// For example `above by 1.7 [1.0, 2.4]`; `–` without a verdict.
  static func verdict(_ entry: Entry?) -> PrintedTable.Cell {
    guard let entry, let verdict = entry.verdict else { return .init("–", style: .absent) }
    let metric = entry.family.cell.metric
    let digits = Format.digits(metric: metric, size: abs(entry.estimate?.mean ?? 0))
    func score(_ value: Double) -> String { Format.score(value, metric: metric, digits: digits) }
    let range = "[\(score(verdict.interval.lowerBound)), \(score(verdict.interval.upperBound))]"
    return .init("\(verdict.outcome.rawValue): \(score(verdict.difference)) \(range)")
  }

  /// What verdicts mean; nil if there are none.
  var verdictNote: String? {
    let judged = entries.compactMap { entry in entry.verdict.map { (entry, $0) } }
    guard !judged.isEmpty else { return nil }
    let margin = metric == "accuracy" ? "1 point" : "a tenth of the published figure"
    var text = "Verdict, at paper scale only: measured minus published with its 95 % interval. "
    text += "`agrees`: within \(margin) by two one-sided tests at 5 %; `above`, `below`: not that, "
    text += "and the interval excludes 0; `cannot tell`: neither. The interval covers that of the "
    text += "published figure (its rounding, where none is given), the test episodes"
    if judged.contains(where: { ($0.0.estimate?.repeats ?? 0) > 1 }) { text += " and the repeats" }
    return text + "."
  }
}
