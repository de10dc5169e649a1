import Kinds
import Judgements
import Measures

/// A comparison of two results as people and spreadsheets read it.
public struct ComparisonTable: Sendable {
  private let set: ComparisonSet
  private let left: String
  private let right: String

  /// - Parameters:
  ///   - left: What the left side is called.
  ///   - right: What the right side is called.
  public init(_ set: ComparisonSet, left: String, right: String) {
    self.set = set
    self.left = left
    self.right = right
  }

  /// One row per cell, and under it how the numbers were made.
  public var markdown: String {
    let head = ["cell", left, right, "difference", "p", "Wilcoxon p", "d_z", "pairing", "episodes"]
    let rows = set.comparisons.map { row in
      [
        row.name, score(row.left, row.leftStanding, row), score(row.right, row.rightStanding, row),
        difference(row),
        Wording.p(row.holmP), Wording.p(row.holmWilcoxonP), number(row.effectSize),
        "×\(number(row.varianceRatio))", row.episodes.grouped,
      ]
    }
    var text = rows.isEmpty ? "" : Markdown.table(
      [head] + rows, isRight: [false] + Array(repeating: true, count: head.count - 1))
    let notes = notes
    if !rows.isEmpty, !notes.isEmpty { text += "\n" }
    return text + notes.map { "- \($0)\n" }.joined()
  }

  /// One line per cell with all digits; what could not be compared is left out.
  public var csv: String {
    CSV.line([
      "cell", "split", "metric", "episodes", "left", "right", "left_repeats", "right_repeats",
      "left_mean", "right_mean", "difference", "half_width", "half_width_episodes", "varies_by", "confidence",
      "p", "holm_p", "wilcoxon_p", "holm_wilcoxon_p", "effect_size", "correlation", "variance_ratio",
      "left_standing", "right_standing",
    ])
      + set.comparisons.map { row in
        CSV.line(
          [
            row.name, row.split, row.metric.name, "\(row.episodes)", left, right, "\(row.leftRepeats)",
            "\(row.rightRepeats)",
          ]
            + [
              row.left, row.right, row.difference, row.halfWidth, row.halfWidthOverEpisodes,
            ].map(CSV.number)
            + [row.coversRepeats ? row.variesBy ?? "" : ""]
            + [
              row.confidence, row.p, row.holmP, row.wilcoxonP, row.holmWilcoxonP, row.effectSize,
              row.correlation, row.varianceRatio,
            ].map(CSV.number)
            + [row.leftStanding ?? "", row.rightStanding ?? ""])
      }.joined()
  }

  // MARK: Parts

  private func number(_ value: Double) -> String {
    value.isFinite ? Format.fixed(value, 2).replacing("-", with: "−") : value > 0 ? "∞" : "−∞"
  }

  private func digits(_ row: Comparison) -> Int {
    Format.digits(metric: row.metric, size: max(abs(row.left), abs(row.right)))
  }

  private func score(_ value: Double, _ row: Comparison) -> String {
    Format.score(value, metric: row.metric, digits: digits(row))
  }

  /// As in `93.4`, or `93.4 [1 of 8; 7 diverged]`.
  private func score(_ value: Double, _ standing: String?, _ row: Comparison) -> String {
    score(value, row) + (standing.map { " [\($0)]" } ?? "")
  }

  /// As in `−5.3 ± 1.2`, with a mark where that is over the episodes alone though repeats differ.
  private func difference(_ row: Comparison) -> String {
    (row.difference > 0 ? "+" : "") + score(row.difference, row).replacing("-", with: "−")
      + " ± \(score(row.halfWidth, row))" + (isOfTheseRepeats(row) ? RepeatWords.mark : "")
  }

  private func isOfTheseRepeats(_ row: Comparison) -> Bool { row.variesBy != nil && !row.coversRepeats }

  /// What other repeats are.
  private var others: String {
    let varying = set.comparisons.filter(\.coversRepeats).compactMap(\.variesBy)
    return RepeatWords.others(varying.compactMap(Variation.init))
  }

  private var notes: [String] {
    var notes: [String] = []
    if let first = set.comparisons.first {
      let units = set.comparisons.map(\.metric.heading).distinct()
      notes.append(
        "\(units.joined(separator: ", ")); difference: \(left) − \(right), on the same test"
          + " episodes, a score being an episode's mean over the repeats; ± half the"
          + " \(Wording.percent(first.confidence)) interval for other episodes (Student's paired t)"
          + (set.comparisons.contains(where: \.coversRepeats)
            ? " and \(others), told by the repeats (crossed random effects)." : "."))
      if set.comparisons.contains(where: isOfTheseRepeats) {
        notes.append("\(RepeatWords.mark): covers other episodes only: \(RepeatWords.ofOne).")
      }
      notes.append(
        "p: two-sided, by the same interval, and of Wilcoxon's signed-rank test over the episodes, each by Holm for"
          + " \(set.comparisons.count.counted("comparison")). d_z: mean difference in"
          + " standard deviations of the differences. pairing: variance of the differences over the"
          + " sum of both variances.")
    }
    if set.comparisons.contains(where: { $0.leftStanding != nil || $0.rightStanding != nil }) {
      notes.append(
        "`[1 of 8; 7 diverged]`: so many repeats came to a score. A mean over these is no sample of what"
          + " training gives.")
    }
    let copies = set.comparisons.filter(\.isSameResult).map(\.name)
    if !copies.isEmpty {
      notes.append("The same result on both sides, not computed anew: \(copies.joined(separator: ", ")).")
    }
    notes += set.refusals.map { "Not compared: \($0.name): \($0.reason)" }
    for (names, side) in [(set.onlyLeft, left), (set.onlyRight, right)] where !names.isEmpty {
      notes.append("Only in \(side): \(names.joined(separator: ", ")).")
    }
    return notes
  }
}
