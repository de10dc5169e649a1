import Kinds
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
  /// The 95 % interval that also covers what other repeats could give; nil where there is a single
  /// one, or where repeats do not differ.
  public let retrained: ClosedRange<Double>?
  /// What makes repeats differ; nil if nothing does.
  public let variesBy: Variation?
  /// What varies in `interval`.
  public let unit: Unit
  /// How `interval` was made.
  public let method: Method
  /// Whether `interval` is wider than `method` alone would have it: for accuracies that are few, all
  /// equal or skewed, it is as wide as the longer side of Hall's.
  public let isWidened: Bool
  /// How many episodes (or repeats) each group of values has that belong together.
  public let counts: [Int]
  /// The number of repeats of each cell whose repeats differ, in the order of the sides.
  public let repeats: [Int]
}

extension ClaimMeasurement {
  /// The measurement of a design; nil if it is a ratio whose denominator may be zero.
  ///
  /// - Parameter design: By the factor of the other side.
  init?(_ design: (Double) -> CrossedDesign, kind: Kind, unit: Unit, variesBy: Variation?) {
    let plain = design(1)
    self.kind = kind
    self.unit = unit
    self.variesBy = variesBy
    counts = plain.counts
    repeats = plain.repeats
    isWidened = kind != .ratio && plain.isAtEdge
    if kind == .ratio {
      guard let ratio = CrossedDesign.ratio({ design($0).overUnits }) else { return nil }
      value = ratio.value
      interval = ratio.range
      retrained = variesBy == nil ? nil : CrossedDesign.ratio { design($0).combined() }?.range
      method = counts.count == 1 ? .pairedRatio : .ratio
    } else {
      let possible = plain.possible ?? -.infinity...(.infinity)
      let estimate = plain.overUnits
      value = estimate.mean
      interval = estimate.interval().clamped(to: possible)
      retrained = variesBy == nil ? nil : plain.combined()?.interval().clamped(to: possible)
      method = counts.count > 1 ? .welch : plain.terms.count > 1 ? .paired : .student
    }
  }
}
