extension CrossedDesign {
  /// Fieller's 95 % interval of the ratio of two means A / B: all ratios ρ for which A − ρ · B is not significantly
  /// different from zero, with the degrees of freedom that the estimate has at the ratio itself.
  ///
  /// - Parameter estimate: That of A − ρ · B; nil where there is none.
  /// - Returns: nil if the denominator is not clearly above zero: then no ratio can be told.
  /// - Reference: Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16 (1954).
  public static func ratio(_ estimate: (_ factor: Double) -> Estimate?)
    -> (value: Double, range: ClosedRange<Double>)?
  {
    guard let zero = estimate(0), let one = estimate(1) else { return nil }
    let denominator = zero.mean - one.mean
    guard denominator > 0 else { return nil }
    let value = zero.mean / denominator
    guard let centre = estimate(value) else { return nil }
    /// The first ratio in steps of `step`, which double, that is significantly off, closed in by halving.
    func end(_ step: Double) -> Double? {
      func isOff(_ factor: Double) -> Bool? {
        estimate(factor).map { there in
          var there = there
          there.units.freedom = centre.units.freedom
          if let freedom = centre.repeats?.freedom { there.repeats?.freedom = freedom }
          return abs(there.mean) > there.halfWidth()
        }
      }
      var (inside, outside) = (value, value + step)
      while isOff(outside) == false {
        guard abs(outside) < 1e6 * (1 + abs(value)) else { return nil }
        (inside, outside) = (outside, outside + 2 * (outside - value))
      }
      while abs(outside - inside) > 1e-14 * (1 + abs(value)) {
        let middle = (inside + outside) / 2
        guard middle != inside, middle != outside else { break }
        if isOff(middle) == true { outside = middle } else { inside = middle }
      }
      return (inside + outside) / 2
    }
    let step = max(abs(value), 1e-3) / 16
    guard let lower = end(-step), let upper = end(step) else { return nil }
    return (value, lower...upper)
  }
}
