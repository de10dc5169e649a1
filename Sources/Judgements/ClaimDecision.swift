import Measures
import Statistics
import Suites

/// Whether a claim of a suite holds in its results, for one of the comparisons that it makes.
///
///     for decision in try ClaimDecision.all(of: suite, records: records) {
///       print(decision.claim.id, decision.subject, decision.outcome)
///     }
public struct ClaimDecision: Sendable, Equatable {
  /// How it came out.
  public enum Outcome: Sendable, Equatable {
    /// The whole interval lies within the bounds.
    case holds
    /// The whole interval lies outside.
    case fails
    /// A bound lies in the interval. With so many episodes (or repeats) per cell it would not, if
    /// mean and spread stay as they are; nil if that is more than a million, or no matter of
    /// episodes alone.
    case undecided(needed: Int?)
    /// There is no interval, for this reason.
    case notDecided(reason: String)

    /// In a word or two.
    public var name: String {
      switch self {
      case .holds: "holds"
      case .fails: "fails"
      case .undecided: "undecided"
      case .notDecided: "not decided"
      }
    }
  }

  /// The claim.
  public let claim: Claim
  /// What was compared with what, as in `maml − fomaml`.
  public let compared: String
  /// On which tasks, as in `omniglot 5-way 1-shot`.
  public let task: String
  /// What was compared: `accuracy`, `loss`, `train-seconds`, or a diagnostic's name.
  public let metric: Metric
  /// What it came to; nil where it is not decided.
  public let measurement: ClaimMeasurement?
  /// For the trained networks as they are.
  public let outcome: Outcome
  /// With what other repeats could give counted in; nil where that is not known.
  public let retrained: Outcome?
  /// What is missing, although it could be decided; as sentences.
  public let notes: [String]

  /// What was compared, and on what.
  public var subject: String { "\(compared), \(task)" }

  /// Whether the outcome would be another if other repeats are counted in.
  public var isOfTheseTrainingsOnly: Bool { retrained.map { $0.name != outcome.name } ?? false }
}

extension ClaimDecision.Outcome {
  /// The outcome of an interval.
  ///
  /// - Parameters:
  ///   - count: The number of episodes (or repeats) that there are.
  ///   - estimate: The estimate whose sign decides about a bound: left − bound, or left − bound ·
  ///     other; nil if it is not to be said how many would do.
  init(
    _ interval: ClosedRange<Double>, _ claim: Claim, count: Int = 0,
    estimate: ((_ bound: Double) -> CrossedDesign.Estimate)? = nil
  ) {
    let isAbove = claim.atLeast.map { interval.lowerBound >= $0 } ?? true
    let isBelow = claim.atMost.map { interval.upperBound <= $0 } ?? true
    let isOutside =
      claim.atLeast.map { interval.upperBound < $0 } ?? false
      || claim.atMost.map { interval.lowerBound > $0 } ?? false
    if isAbove && isBelow {
      self = .holds
    } else if isOutside {
      self = .fails
    } else if let estimate {
      let distances = (claim.atLeast.map { [estimate($0)] } ?? [])
        + (claim.atMost.map { bound in
          var below = estimate(bound)
          below.mean = -below.mean
          return [below]
        } ?? [])
      // Outside, clearing the bound that is violated is enough; inside, all must be cleared.
      let violated = distances.filter { $0.mean < 0 }
      let needed = (violated.isEmpty ? distances : violated).map { $0.needed(count) }
      self = .undecided(needed: needed.contains(nil) ? nil : needed.compactMap(\.self).max())
    } else {
      self = .undecided(needed: nil)
    }
  }
}

extension CrossedDesign.Estimate {
  /// The least number of values, of which there are `count` now, whose interval would not hold zero
  /// if mean and spread stay as they are; nil if more than a million.
  func needed(_ count: Int) -> Int? {
    func isEnough(_ wanted: Int) -> Bool {
      let share = Double(wanted) / Double(count)
      var planned = self
      planned.units = .init(variance: units.variance / share, freedom: units.freedom * share)
      return planned.halfWidth() <= abs(mean)
    }
    guard mean != 0, isEnough(1_000_000) else { return nil }
    var (low, high) = (count - 1, 1_000_000)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
