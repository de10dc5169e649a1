import Foundation

extension CrossedDesign {
  /// An estimated mean, and how far off it may be for each of two causes.
  public struct Estimate: Sendable, Equatable {
    /// A variance of the mean, with the degrees of freedom that it was estimated with.
    public struct Part: Sendable, Equatable {
      /// Of the mean.
      public var variance: Double
      /// `.infinity` where it is known.
      public var freedom: Double

      /// A part from its numbers.
      public init(variance: Double, freedom: Double) {
        self.variance = variance
        self.freedom = freedom
      }

      /// Independent parts as one, with Satterthwaite's degrees of freedom.
      static func sum(_ parts: [Part]) -> Part {
        let total = Summary.sum(parts.map(\.variance))
        let spread = Summary.sum(parts.map { $0.variance * $0.variance / $0.freedom })
        let freedom = total * total / spread
        // Without any variance any number will do.
        return Part(variance: total, freedom: spread > 0 && freedom.isFinite ? freedom : parts[0].freedom)
      }

      /// Half the width of its own interval that leaves `tail` to each side, squared.
      fileprivate func square(tail: Double) -> Double {
        guard variance > 0 else { return 0 }
        let t = freedom.isFinite ? StudentT(degreesOfFreedom: freedom).quantile(tail) : Normal.quantile(tail)
        return t * t * variance
      }
    }

    /// The weighted sum of means.
    public var mean: Double
    /// For other units.
    public var units: Part
    /// For other repeats; nil where they are taken as they are, or all the same.
    public var repeats: Part?
    /// As much of the variance between repeats as the rest explains, which `repeats` does not hold.
    public var noise = 0.0

    /// An estimate from its parts.
    public init(mean: Double, units: Part, repeats: Part?) {
      self.mean = mean
      self.units = units
      self.repeats = repeats
    }

    /// Of the mean, for all causes.
    public var variance: Double { units.variance + (repeats?.variance ?? 0) }

    /// Half the width of the two-sided interval.
    ///
    /// - Precondition: `confidence` is above 0 and below 1.
    public func halfWidth(confidence: Double = 0.95) -> Double { halfWidth(tail: (1 - confidence) / 2) }

    /// Both ends of the interval.
    public func interval(confidence: Double = 0.95) -> ClosedRange<Double> {
      let half = halfWidth(confidence: confidence)
      return mean - half...mean + half
    }

    /// The one-sided p-value of "it is at most `bound`" against "it is above".
    public func pAtLeast(_ bound: Double) -> Double { upperTail(mean - bound) }

    /// The one-sided p-value of "it is at least `bound`" against "it is below".
    public func pAtMost(_ bound: Double) -> Double { upperTail(bound - mean) }

    /// The two-sided p-value of "it is zero".
    public var p: Double { min(1, 2 * upperTail(abs(mean))) }

    /// The estimate minus an independent one, whose error is one over units, too.
    public func minus(_ other: Double, _ error: Part) -> Estimate {
      var difference = self
      difference.mean -= other
      difference.units = .sum([units, error])
      return difference
    }

    private func halfWidth(tail: Double) -> Double {
      guard let repeats else { return units.square(tail: tail).squareRoot() }
      let between = Part(variance: repeats.variance + noise, freedom: repeats.freedom)
      return max(units.square(tail: tail) + repeats.square(tail: tail), between.square(tail: tail)).squareRoot()
    }

    /// The tail whose interval is as wide as `distance`; without any error 0 above, 1 below and 1/2 at zero.
    private func upperTail(_ distance: Double) -> Double {
      guard distance >= 0 else { return 1 - upperTail(-distance) }
      guard distance > 0 else { return 0.5 }
      guard let repeats, repeats.variance + noise > 0 else {
        guard units.variance > 0 else { return 0 }
        let x = distance / units.variance.squareRoot()
        return units.freedom.isFinite
          ? StudentT(degreesOfFreedom: units.freedom).upperTail(x) : Normal.upperTail(x)
      }
      // The width grows as the tail shrinks: halve the bracket of its exponent.
      var (low, high) = (1.0, 1000.0)
      while high - low > 1e-13 * high {
        let middle = (low + high) / 2
        guard middle > low, middle < high else { break }
        if halfWidth(tail: exp2(-middle)) < distance { low = middle } else { high = middle }
      }
      return exp2(-(low + high) / 2)
    }
  }
}
