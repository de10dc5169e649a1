import Judgements
import Suites

extension ReportTable.Entry {
  /// How the measured figure compares with the published one; nil unless the cell was run at the
  /// paper's scale, and for figures that are not confirmed.
  ///
  /// Repeats that were not tested on the same episodes have no common figure.
  var verdict: Verdict? {
    guard let published, published.isConfirmed, published.isPaperScale(family.cell),
      estimate != nil, let figure = published.figure
    else { return nil }
    return Verdict(family.values(by: measure), variesBy: family.cell.variesBy, against: figure)
  }
}

extension PublishedFigure {
  /// The figure as verdicts take it; nil if it is no number.
  fileprivate var figure: Verdict.Figure? {
    guard let number else { return nil }
    let decimals = value.split(separator: ".").dropFirst().first?.count ?? 0
    let digit = 1 / (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let isAccuracy = isShare
    return Verdict.Figure(
      value: number, isAccuracy: isAccuracy, halfWidth: halfWidth,
      resolution: isAccuracy ? digit / 100 : digit, episodes: episodes)
  }
}

extension ReportTable {
  /// Whether any entry of a column has a verdict.
  func hasVerdict(_ column: Int) -> Bool {
    rows.contains { $0.entries[column]?.verdict != nil }
  }

  /// For example `better: 1.7 [1.0, 2.4]`; `–` without a verdict.
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
    let margin = metric.isShare ? "1 point" : "a tenth of the published figure"
    let better = metric.isShare ? "above" : "below"
    var text = "Verdict, at paper scale only: measured minus published with its 95 % interval. "
    text += "`agrees`: within \(margin) by two one-sided tests at 5 %; `better`, `worse`: not that, "
    text += "and the whole interval is on one side of 0 (better is \(better) it); `cannot tell`: "
    text += "neither. The interval covers the uncertainty of the published figure, the test episodes"
    if judged.contains(where: { ($0.0.estimate?.repeats ?? 0) > 1 }) { text += " and the repeats" }
    return ([text + "."] + unsaidIntervals).joined(separator: " ")
  }

  /// What stands for the intervals that papers do not give, and beside which rows.
  private var unsaidIntervals: [String] {
    func names(_ precision: Verdict.Precision) -> String? {
      let found = rows.filter { row in
        row.entries.contains { $0?.verdict?.precision == precision }
      }.map(name(of:))
      return found.isEmpty ? nil : found.joined(separator: ", ")
    }
    return [
      names(.bound).map {
        "No interval in the paper (\($0)): n test episodes with a mean m in 0 to 1 have a standard "
          + "error of √(m(1 − m)/n) at most, which is taken."
      },
      names(.spread).map {
        "No interval in the paper (\($0)): its test episodes are taken to spread as the measured "
          + "ones do, in proportion to their mean."
      },
      names(.rounding).map {
        "Neither an interval nor a number of test episodes in the paper (\($0)): the figure counts "
          + "as exact but for its rounding, so the interval is too narrow."
      },
    ].compactMap(\.self)
  }
}
