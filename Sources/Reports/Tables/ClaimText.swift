import Foundation
import Judgements
import Suites

/// The numbers and words of one decision as tables print them: accuracies in percent and their
/// differences in points.
struct ClaimText {
  private let decision: ClaimDecision

  init(_ decision: ClaimDecision) {
    self.decision = decision
  }

  /// For example `3.42 [3.01, 3.83] points`.
  var measured: String {
    guard let measurement = decision.measurement else { return "–" }
    return "\(number(measurement.value)) \(range(measurement.interval))\(unit)"
  }

  /// The interval that covers other repeats; `–` if there is none.
  var retrained: String {
    guard let interval = decision.measurement?.retrained else { return "–" }
    return "\(range(interval))\(unit)"
  }

  /// For example `≥ 20 points`.
  var bound: String {
    switch (decision.claim.atLeast, decision.claim.atMost) {
    case (let low?, let high?): "\(short(low)) to \(short(high))\(unit)"
    case (let low?, nil): "≥ \(short(low))\(unit)"
    case (nil, let high?): "≤ \(short(high))\(unit)"
    case (nil, nil): "–"
    }
  }

  /// For example `holds`, or `undecided: about 2,400 episodes would decide it`.
  var outcome: String {
    var text = decision.outcome.name
    if case .undecided(let needed) = decision.outcome {
      let noun = decision.measurement?.unit.rawValue ?? "episodes"
      text += needed.map { ": about \($0.grouped) \(noun) would decide it" }
        ?? ": more than a million \(noun) would be needed"
    }
    if decision.isOfTheseTrainingsOnly, let retrained = decision.retrained {
      text += decision.measurement?.variesBy == .initialization
        ? " for these networks; \(retrained.name) with another initialization"
        : " for these trainings; \(retrained.name) with training anew"
    }
    return text
  }

  // MARK: Numbers

  private var isRatio: Bool {
    if case .over = decision.claim.other { true } else { false }
  }

  private var isPercent: Bool { decision.metric.isShare && !isRatio }

  private var unit: String {
    if isRatio { return "" }
    if decision.metric.scale == .seconds { return " s" }
    guard isPercent else { return "" }
    let isLevel = decision.claim.other == .nothing && decision.claim.change == nil
    return isLevel ? " %" : " points"
  }

  private var scale: Double { isPercent ? 100 : 1 }

  /// Digits that show the interval's half-width with two figures.
  private var digits: Int {
    let interval = decision.measurement?.interval ?? 0...1
    let half = (interval.upperBound - interval.lowerBound) / 2 * scale
    guard half > 0, half.isFinite else { return isPercent ? 1 : 3 }
    return min(8, max(1, 1 - Int(log10(half).rounded(.down))))
  }

  private func number(_ value: Double) -> String { Format.fixed(value * scale, digits) }

  private func range(_ range: ClosedRange<Double>) -> String {
    "[\(number(range.lowerBound)), \(number(range.upperBound))]"
  }

  /// A bound with the digits that it was given with.
  private func short(_ value: Double) -> String {
    let rounded = (value * scale * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e9
      ? "\(Int(rounded))" : "\(rounded)"
  }
}
