/// The power of t tests on paired differences, and what it asks for.
///
///     // What 600 episodes can show with 80 % power at a standard deviation of 0.05:
///     Power.smallestDetectableDifference(standardDeviation: 0.05, count: 600)  // 0.0057...
///
/// All of it is by the noncentral t distribution, without approximation: it holds for few episodes.
/// Differences count by their size; a one-sided test is one in the difference's direction.
///
/// - Reference: Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 2.
public enum Power {
  /// The probability that a t test of `count` differences finds a true mean `difference`.
  ///
  /// - Precondition: `count` is at least 2, `standardDeviation` above zero, and `sides` 1 or 2.
  public static func power(
    difference: Double, standardDeviation: Double, count: Int, alpha: Double = 0.05, sides: Int = 2
  ) -> Double {
    precondition(count > 1 && standardDeviation > 0, "two differences that vary, or more")
    precondition(sides == 1 || sides == 2, "a test has one side or two")
    return power(
      abs(difference) / standardDeviation * Double(count).squareRoot(),
      Threshold(count: count, alpha: alpha, sides: sides))
  }

  /// The least true difference that a t test of `count` differences finds with probability `power`.
  ///
  /// - Precondition: as for `power`, and `power` is above `alpha` and below 1.
  public static func smallestDetectableDifference(
    standardDeviation: Double, count: Int, alpha: Double = 0.05, power: Double = 0.8,
    sides: Int = 2
  ) -> Double {
    precondition(count > 1, "two differences or more")
    precondition(power > alpha && power < 1, "a power above alpha and below 1")
    let threshold = Threshold(count: count, alpha: alpha, sides: sides)
    var (low, high) = (0.0, 1.0)
    while self.power(high, threshold) < power { (low, high) = (high, 2 * high) }
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high, high - low > 1e-13 * high else { break }
      if self.power(middle, threshold) < power { low = middle } else { high = middle }
    }
    return (low + high) / 2 * standardDeviation / Double(count).squareRoot()
  }

  /// The least number of differences with which a t test finds a true mean `difference` with
  /// probability `power`; `Int.max` if more than a billion.
  ///
  /// - Precondition: `standardDeviation` is not negative, and `power` is above `alpha` and below 1.
  public static func neededCount(
    difference: Double, standardDeviation: Double, alpha: Double = 0.05, power: Double = 0.8,
    sides: Int = 2
  ) -> Int {
    precondition(power > alpha && power < 1, "a power above alpha and below 1")
    guard difference != 0 else { return Int.max }
    guard standardDeviation > 0 else { return 2 }
    let z = Normal.quantile(1 - alpha / Double(sides)) + Normal.quantile(power)
    let ratio = z * standardDeviation / abs(difference)
    guard ratio * ratio < 1e9 else { return Int.max }
    func isEnough(_ count: Int) -> Bool {
      self.power(
        difference: difference, standardDeviation: standardDeviation, count: count, alpha: alpha,
        sides: sides) >= power
    }
    // The normal approximation is a little too low: grow from it, then halve the bracket.
    var high = max(2, Int(ratio * ratio))
    var low = 1
    while !isEnough(high) { (low, high) = (high, high + max(1, high / 4)) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Where a test rejects.
  private struct Threshold {
    let freedom: Double
    let t: Double
    let sides: Int

    init(count: Int, alpha: Double, sides: Int) {
      freedom = Double(count - 1)
      self.sides = sides
      t = StudentT(degreesOfFreedom: freedom).quantile(1 - alpha / Double(sides))
    }
  }

  private static func power(_ noncentrality: Double, _ threshold: Threshold) -> Double {
    let distribution = NoncentralT(
      degreesOfFreedom: threshold.freedom, noncentrality: noncentrality)
    let near = distribution.upperTail(threshold.t)
    // The lower tail of δ is the upper one of −δ.
    let far = threshold.sides == 2
      ? NoncentralT(degreesOfFreedom: threshold.freedom, noncentrality: -noncentrality)
        .upperTail(threshold.t) : 0
    return near + far
  }
}
