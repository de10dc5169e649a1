import Foundation
import Results
import Statistics
import Suites

/// Decides whether results are as good as a baseline's: pass, regression, inconclusive or invalid.
///
///     let judgement = GateJudgement(baseline: old, candidate: new, gate: gate)
///     exit(judgement.verdict.exitCode)
///
/// Each cell of the baseline, all repeats together, is compared with the same cell of the candidate
/// on the same test episodes; `gain` is how much better the candidate is. With α = 1 − confidence,
/// a cell is
///
/// - *invalid* if a repeat is missing, or was measured otherwise: other episodes, another metric,
///   or another version of the suite;
/// - a *regression* if the gain is below zero (one-sided test, Holm's p over all cells ≤ α) and its
///   estimate is below −margin, or if the candidate failed or diverged where the baseline did not;
/// - a *pass* if the gain is above −margin (one-sided test, Holm's p over all cells ≤ α), or if
///   both have the same numbers, found twice;
/// - *inconclusive* otherwise, and where nothing was computed anew: where the candidate's results are
///   the baseline's own, or copies of them, a program that got worse could not be told.
///
/// So a program that has not changed is called a regression in any cell with probability α at most,
/// and a program with a cell that is worse by the margin or more passes with probability α at most.
/// A loss below the margin passes or is inconclusive; by bad luck, it is called a regression.
///
/// The tests are those of ``CellDifference``, so that other training seeds alone raise no more
/// alarms than that, wherever there are two repeats of baseline or candidate to tell their spread.
/// Of accuracies a pass also needs enough episodes to have met a fault that ruins them rarely: if
/// it spoils a share `margin` of the episodes altogether, n of them miss it with probability (1 −
/// margin)ⁿ, which counts as p-value where it is larger.
///
/// - Reference: Blackwelder, "Proving the null hypothesis" in clinical trials (1982); Holm (1979).
public struct GateJudgement: Sendable, Equatable, Encodable {
  /// Of all cells: the first that occurs of invalid, regression, inconclusive, pass.
  public let verdict: GateVerdict
  /// What was tolerated: in units of the metric.
  public let margin: Double
  /// 1 − α.
  public let confidence: Double
  /// The suite's name.
  public let suite: String
  /// In the baseline's order.
  public let cells: [GateCell]
  /// What else is to be known, as sentences.
  public let notes: [String]

  /// Judges the results of one suite.
  ///
  /// - Parameters:
  ///   - baseline: What was accepted earlier.
  ///   - candidate: What is to be judged.
  ///   - gate: What is tolerated.
  ///   - notes: What is known of the results besides, as sentences; they come first.
  ///   - isExpected: Which of the baseline's cells the candidate must have. Other repeats of these
  ///     cells still count for the baseline.
  /// - Complexity: O(scores).
  public init(
    baseline: [CellRecord], candidate: [CellRecord], gate: Gate, notes: [String] = [],
    isExpected: (CellRecord) -> Bool = { _ in true }
  ) {
    let candidates = ResultFamily.all(candidate)
    let matches = ResultFamily.all(baseline).compactMap { family -> GateMatch? in
      let expected = family.records.filter(isExpected)
      return expected.isEmpty
        ? nil : GateMatch(family, expected: expected, among: candidates, gate: gate)
    }
    let worse = Self.holm(matches.map(\.pWorse))
    let beyond = Self.holm(matches.map(\.pBeyondMargin))
    let tests = matches.count { $0.pWorse != nil }
    cells = matches.indices.map { index in
      matches[index].cell(
        pWorse: worse[index], pBeyondMargin: beyond[index],
        alphaOfOne: (1 - gate.confidence) / Double(max(1, tests)))
    }
    verdict = .together(cells.map(\.verdict))
    margin = gate.margin
    confidence = gate.confidence
    suite = baseline.first?.suite ?? candidate.first?.suite ?? ""
    let unit = (baseline + candidate).first?.unit ?? .episode
    self.notes = notes + Self.notes(matches, extra: candidates, gate: gate).map(unit.said)
  }

  /// Holm's adjusted p of those there are.
  private static func holm(_ p: [Double?]) -> [Double?] {
    var adjusted = MultipleTesting.holm(p.compactMap(\.self))[...]
    return p.map { $0 == nil ? nil : adjusted.removeFirst() }
  }

  /// What is to be said where results were not computed anew.
  private static func copies(_ matches: [GateMatch]) -> [String] {
    let count = matches.count(where: \.isCopy)
    guard count > 0 else { return [] }
    let what =
      count == matches.count
      ? "Nothing was computed anew"
      : "\(count) of \(matches.count) cells were not computed anew"
    return [
      "\(what): the judged results are the baseline's own, so a program that got worse could not be told."
        + " Run the suite with the program that is to be judged, into an empty folder or with"
        + " 'metabench run SUITE --again all'."
    ]
  }

  private static func notes(
    _ matches: [GateMatch], extra candidates: [ResultFamily], gate: Gate
  ) -> [String] {
    var notes = copies(matches) + matches.flatMap(\.notes)
    let spreads = matches.compactMap(\.difference?.spread)
    if spreads.contains(.unknown) {
      notes.append(
        "With one repeat of each side, the intervals cover the choice of test episodes only:"
          + " another training of the same program gives other scores, too. Run more repeats of the"
          + " baseline, or give the suite's gate a 'trainingDeviation'.")
    }
    if let deviation = gate.trainingDeviation, spreads.contains(.stated(deviation)) {
      notes.append(
        "With one repeat of each side, the intervals cover other trainings by the standard"
          + " deviation that the gate states:"
          + " \(Wording.margin(deviation, metric: matches[0].metric)).")
    }
    let known = Set(matches.compactMap(\.candidate?.name))
    let others = candidates.map(\.name).filter { !known.contains($0) }
    if !others.isEmpty {
      notes.append(
        "Not judged, for the baseline has no such cells: \(others.joined(separator: ", ")).")
    }
    return notes
  }
}
