import Foundation
import Measures
import Results
import Statistics
import Suites

/// One cell of a baseline, and what was found of it in a candidate.
struct GateMatch {
  let name: String
  let metric: Metric
  /// The cell in the baseline.
  let family: ResultFamily
  /// The same cell of the candidate; nil if there is none.
  let candidate: ResultFamily?
  /// Candidate minus baseline, above zero where it is better; nil if they cannot be compared.
  let difference: CellDifference?
  let gate: Gate
  /// The baseline's repeats that are compared: those that are done or, where trainings went the
  /// same way, those that the candidate has too.
  let baseline: [CellRecord]
  /// The candidate's repeats that are compared: of those that are done the ones computed anew or, where
  /// there is none, all.
  let compared: [CellRecord]
  /// Whether the candidate's results are the baseline's own, or copies of them.
  let isCopy: Bool
  private let pairing: Pairing?
  /// Whether the candidate has the same numbers as the baseline.
  private let isSame: Bool
  /// What keeps the scores from deciding, and what that decides.
  let obstacle: (verdict: GateVerdict, reason: String)?

  /// - Parameters:
  ///   - family: The cell in the baseline.
  ///   - expected: Those of its repeats that the candidate must have; at least one.
  init(
    _ family: ResultFamily, expected: [CellRecord], among candidates: [ResultFamily], gate: Gate
  ) {
    self.family = family
    name = family.name
    metric = family.records[0].metric
    self.gate = gate
    var candidate: ResultFamily?
    var compared: [CellRecord] = []
    var isCopy = false
    var pairing: Pairing?
    var obstacle: (GateVerdict, String)?
    var baseline = family.done
    var sameTrainings = false
    let isLoss = metric.direction == .lower
    do {
      candidate = try candidates.counterpart(of: family)
      obstacle = Self.obstacle(expected, candidate)
      if obstacle == nil, let candidate {
        (compared, isCopy) = Self.compared(candidate, with: family)
        let twins = compared.compactMap { record in
          baseline.first { $0.repetition == record.repetition && $0.wasTrained(like: record) }
        }
        sameTrainings = twins.count == compared.count
        if sameTrainings { baseline = twins }
        // The first is the one that should have the larger numbers.
        pairing =
          isLoss ? try Pairing(baseline, compared) : try Pairing(compared, baseline)
      }
    } catch {
      obstacle = (.invalid, "\(error)")
    }
    isSame = pairing != nil && sameTrainings
      && zip(baseline, compared).allSatisfy { $0.hasSameNumbers(as: $1) }
    let sides = isLoss ? (baseline, compared) : (compared, baseline)
    difference = pairing.flatMap {
      CellDifference($0, of: (Replicates(sides.0), Replicates(sides.1)), stated: gate.trainingDeviation)
    }
    self.baseline = baseline
    self.candidate = candidate
    self.compared = compared
    self.isCopy = isCopy
    self.pairing = pairing
    self.obstacle = obstacle
  }

  /// The candidate's repeats that tell something of it: what is the baseline's own result would only
  /// thin out what is new, and a repeat that came to no score in the baseline has nothing to be compared
  /// with.
  private static func compared(
    _ candidate: ResultFamily, with baseline: ResultFamily
  ) -> (records: [CellRecord], isCopy: Bool) {
    func twin(_ record: CellRecord) -> CellRecord? {
      baseline.records.first { $0.repetition == record.repetition }
    }
    let all = candidate.done.filter { twin($0)?.status ?? .done == .done }
    let anew = all.filter { record in twin(record).map { !record.isSameRun(as: $0) } ?? true }
    return anew.isEmpty ? (all, !all.isEmpty) : (anew, false)
  }

  /// What is missing or went wrong among the candidate's repeats.
  private static func obstacle(
    _ expected: [CellRecord], _ candidate: ResultFamily?
  ) -> (GateVerdict, String)? {
    let wanted = expected.filter { $0.status == .done }
    guard !wanted.isEmpty else {
      let record = expected[0]
      return (
        .invalid, "the baseline itself has no scores: '\(record.cell)' is \(record.status.name)."
      )
    }
    var missing: [String] = []
    for record in wanted {
      let records = candidate?.records ?? []
      guard let found = records.first(where: { $0.repetition == record.repetition }) else {
        missing.append(record.cell)
        continue
      }
      if let message = found.status.message {
        return (.regression, "'\(found.cell)' \(found.status.name): \(message)")
      }
    }
    guard !missing.isEmpty else { return nil }
    return (.invalid, "missing from the results: \(missing.joined(separator: ", ")).")
  }

  // MARK: Tests

  /// The one-sided p of "no worse"; nil where nothing can be compared.
  var pWorse: Double? { isSame ? 1 : difference?.estimate.pAtMost(0) }

  /// The one-sided p of "worse by the margin or more", with what few episodes could have missed.
  var pBeyondMargin: Double? {
    isSame ? 0 : difference.map { max($0.estimate.pAtLeast(-gate.margin), unseen($0.episodes)) }
  }

  /// The probability that so many episodes do not meet a fault that spoils a share `margin` of
  /// them.
  private func unseen(_ episodes: Int) -> Double {
    metric.isShare ? pow(1 - min(1, gate.margin), Double(episodes)) : 0
  }

  /// The finding on the cell, with p-values corrected for the number of cells.
  ///
  /// - Parameter alphaOfOne: α shared out to the cells, for planning.
  func cell(pWorse: Double?, pBeyondMargin: Double?, alphaOfOne: Double) -> GateCell {
    let alpha = 1 - gate.confidence
    let resources = resources()
    let tooMuch = resources.filter { $0.ratio > $0.limit }
    let unknown = obstacle == nil ? unknownResources : []
    var need: GateNeed?
    var parts: [(verdict: GateVerdict, reason: String)] = []
    if let obstacle {
      parts.append(obstacle)
    } else if isCopy {
      parts.append(
        (
          .inconclusive,
          "the same numbers as the baseline, for it is the same result: it was not computed anew."
        ))
    } else if isSame {
      parts.append((.pass, "the same numbers as the baseline."))
    } else if let difference, let pWorse, let pBeyondMargin {
      let scores = judgement(difference, pWorse: pWorse, pBeyondMargin: pBeyondMargin, alpha: alpha)
      parts.append(scores)
      if scores.verdict == .inconclusive {
        let least = metric.isShare && gate.margin > 0 && gate.margin < 1
          ? Int((log(alphaOfOne) / log(1 - gate.margin)).rounded(.up)) : 2
        need = GateNeed(
          difference, margin: gate.margin, alpha: alphaOfOne, least: max(least, pairing!.count))
        parts[0].reason += " \(need!.text) would decide."
      }
    } else {
      parts.append(
        (.inconclusive, pairing!.count < 2
          ? "a single test episode says nothing." : "its scores are too large to be compared."))
    }
    parts += tooMuch.map { (.regression, $0.text) } + unknown.map { (.inconclusive, $0) }
    let verdict = GateVerdict.together(parts.map(\.verdict))
    let sign = metric.direction == .lower ? -1.0 : 1.0
    let means = pairing.map { [$0.first, $0.second].map { Summary(of: $0)!.mean } }
    return GateCell(
      name: name, verdict: verdict,
      reason: family.records[0].unit.said(
        parts.filter { $0.verdict == verdict }.map(\.reason).joined(separator: " ")),
      metric: metric, episodes: pairing?.count ?? 0, baselineRepeats: baseline.count,
      candidateRepeats: compared.count,
      baseline: means.map { sign > 0 ? $0[1] : $0[0] },
      candidate: means.map { sign > 0 ? $0[0] : $0[1] },
      gain: difference?.mean, halfWidth: difference?.estimate.halfWidth(confidence: gate.confidence),
      pWorse: pWorse, pBeyondMargin: pBeyondMargin, needed: need, resources: resources,
      changes: verdict == .invalid ? [] : changes)
  }

  /// What the candidate's configuration has otherwise.
  private var changes: [String] {
    guard let old = baseline.first, let new = compared.first else { return [] }
    return old.resolved.changes(in: new.resolved)
  }

  private func judgement(
    _ difference: CellDifference, pWorse: Double, pBeyondMargin: Double, alpha: Double
  ) -> (verdict: GateVerdict, reason: String) {
    let margin = Wording.margin(gate.margin, metric: metric)
    let gain = Wording.difference(
      difference.mean, difference.estimate.halfWidth(confidence: gate.confidence), metric: metric)
    if pWorse <= alpha, difference.mean < -gate.margin {
      return (
        .regression, "\(gain): worse by more than the margin of \(margin) (p \(Wording.p(pWorse)))."
      )
    }
    if pBeyondMargin <= alpha {
      return (
        .pass, "\(gain): not worse by \(margin) or more (p \(Wording.p(pBeyondMargin)))."
      )
    }
    if difference.mean < -gate.margin {
      return (
        .inconclusive,
        "\(gain): worse by more than the margin of \(margin), which may be chance"
          + " (p \(Wording.p(pWorse)))."
      )
    }
    let share = pairing!.count < pairing!.tested
      ? " on \(pairing!.count) of \(pairing!.tested.grouped) episodes" : ""
    if difference.estimate.pAtLeast(-gate.margin) < unseen(difference.episodes) {
      let spoilt = Wording.percent(gate.margin)
      return (
        .inconclusive,
        "\(gain)\(share): so few may have missed a fault that spoils \(spoilt) of them"
          + " (p \(Wording.p(pBeyondMargin)))."
      )
    }
    return (
      .inconclusive,
      "\(gain)\(share): a loss of \(margin) is not ruled out (p \(Wording.p(pBeyondMargin)))."
    )
  }
}
