/// The studentized range of `groups` normal means at infinite degrees of freedom: greatest minus
/// least of as many standard normal numbers.
///
/// Computed, not tabulated; probabilities have an absolute error below 1e-13.
///
/// - Reference: Harter, Tables of range and studentized range, Annals of Mathematical Statistics 31
///   (1960), equation 1.
package struct StudentizedRange {
  package let groups: Int

  /// The range of `groups` numbers.
  ///
  /// - Precondition: `groups` is at least 2.
  package init(groups: Int) {
    precondition(groups > 1, "a range has two ends")
    self.groups = groups
  }

  /// The probability of a range above `q`.
  ///
  /// k ∫ φ(z) (1 − (Φ(z) − Φ(z − q))^(k−1)) dz by the trapezoidal rule, which converges
  /// exponentially on such integrands.
  package func upperTail(_ q: Double) -> Double {
    let step = 1.0 / 16
    let terms = (-160...160).map { (k: Int) -> Double in
      let z = Double(k) * step
      let within = max(0, Normal.cumulative(z) - Normal.cumulative(z - q))
      var power = 1.0
      for _ in 1..<groups { power *= within }
      return Normal.density(z) * power
    }
    return 1 - Double(groups) * step * Summary.sum(terms)
  }

  /// The value that a share `probability` of ranges exceeds.
  package func upperQuantile(_ probability: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while upperTail(high) > probability { (low, high) = (high, 2 * high) }
    while high - low > 1e-14 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if upperTail(middle) > probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
