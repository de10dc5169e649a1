import Statistics
import Suites

/// What a claim's comparison came to.
public struct ClaimMeasurement: Sendable, Equatable {
  /// What the value is.
  public enum Kind: String, Sendable {
    /// The left side alone.
    case value
    /// The left side minus the other.
    case difference
    /// The left side divided by the other.
    case ratio
    /// How much the first or the second of these changed.
    case change
  }

  /// What varies, and what the count counts.
  public enum Unit: String, Sendable {
    case episodes, repeats
  }

  /// How the interval was made.
  public enum Method: String, Sendable {
    /// Student's t on one list of values.
    case student = "Student t"
    /// Student's t on differences of values that belong together.
    case paired = "paired t"
    /// Welch's t on lists that share nothing.
    case welch = "Welch t"
    /// Fieller's interval of a ratio of values that belong together.
    case pairedRatio = "Fieller, paired"
    /// Fieller's interval of a ratio of values that share nothing.
    case ratio = "Fieller"
  }

  /// What the value is.
  public let kind: Kind
  /// The estimate, in the unit of results: accuracies in 0...1.
  public let value: Double
  /// The 95 % interval over `unit`, for the trained networks as they are.
  public let interval: ClosedRange<Double>
  /// The 95 % interval that also covers what training anew could give; nil where there is a single
  /// repeat, or nothing trained.
  public let retrained: ClosedRange<Double>?
  /// What varies in `interval`.
  public let unit: Unit
  /// How `interval` was made.
  public let method: Method
  /// Whether `interval` is wider than `method` alone would have it: for accuracies that are few, all
  /// equal or skewed, it is as wide as the longer side of Hall's.
  public let isWidened: Bool
  /// How many episodes (or repeats) each group of values has that belong together.
  public let counts: [Int]
  /// The number of repeats of each trained cell, in the order of the sides.
  public let repeats: [Int]
}

extension ClaimMeasurement {
  /// The measurement of a contrast; nil if it is a ratio whose denominator may be zero.
  init?(_ contrast: Contrast, kind: Kind, unit: Unit) {
    self.kind = kind
    self.unit = unit
    counts = contrast.counts
    repeats = contrast.repeats
    isWidened = kind != .ratio && contrast.isAtEdge
    if kind == .ratio {
      guard let ratio = Contrast.ratio({ contrast.estimate(factor: $0) }) else { return nil }
      value = ratio.value
      interval = ratio.range
      retrained = Contrast.ratio { contrast.retrainedEstimate(factor: $0) }?.range
      method = counts.count == 1 ? .pairedRatio : .ratio
    } else {
      let possible = contrast.possible ?? -.infinity...(.infinity)
      func range(_ estimate: Contrast.Estimate) -> ClosedRange<Double> {
        (estimate.mean - estimate.halfWidth...estimate.mean + estimate.halfWidth)
          .clamped(to: possible)
      }
      let estimate = contrast.estimate(factor: 1)
      value = estimate.mean
      interval = range(estimate)
      retrained = contrast.retrainedEstimate(factor: 1).map(range)
      method = counts.count > 1 ? .welch : contrast.terms.count > 1 ? .paired : .student
    }
  }
}
