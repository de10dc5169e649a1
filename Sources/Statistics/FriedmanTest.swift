/// Friedman's test of "all algorithms score alike" over several datasets, with what a
/// critical-difference diagram is drawn from.
///
///     let test = FriedmanTest(scores)!                   // [datasets][algorithms]
///     test.averageRanks                                  // 1 is best
///     test.criticalDifference(alpha: 0.05)               // Nemenyi's
///
/// - Reference: Demšar, Statistical comparisons of classifiers over multiple data sets, Journal of
///   Machine Learning Research 7 (2006), sections 3.2.2 and 3.2.4.
public struct FriedmanTest: Sendable, Equatable {
  /// Each algorithm's mean rank over the datasets: 1 is best, ties share their mean rank.
  public let averageRanks: [Double]
  /// The number of datasets.
  public let datasets: Int
  /// Friedman's statistic, corrected for ties; 0 where all scores are tied.
  public let statistic: Double
  /// The p-value by the chi-squared distribution with one degree of freedom less than algorithms.
  public let p: Double

  /// The test of `scores`; nil under two algorithms, without datasets, or if a score is NaN.
  ///
  /// Scores that differ by the rounding of a mean only (`Ranks.roundingTolerance`) are ties.
  ///
  /// - Parameters:
  ///   - scores: `[datasets][algorithms]`.
  ///   - higherIsBetter: Whether the greatest score is the best, as of accuracies.
  /// - Precondition: all datasets have the same number of scores.
  public init?(_ scores: [[Double]], higherIsBetter: Bool = true) {
    guard let algorithms = scores.first?.count, algorithms > 1,
      !scores.joined().contains(where: \.isNaN)
    else { return nil }
    precondition(scores.allSatisfy { $0.count == algorithms }, "one score per algorithm")
    let ordered = scores.map { $0.map { higherIsBetter ? -$0 : $0 } }
    let ranks = ordered.map { Ranks.averageRanks($0, tolerance: Ranks.roundingTolerance) }
    let (n, k) = (Double(scores.count), Double(algorithms))
    let means = (0..<algorithms).map { place in Summary.sum(ranks.map { $0[place] }) / n }
    averageRanks = means
    datasets = scores.count
    let counts = ordered.flatMap { Ranks.ties($0, tolerance: Ranks.roundingTolerance) }
    let ties = counts.map { Double($0 * $0 * $0 - $0) }.reduce(0, +)
    let untied = 1 - ties / (n * k * (k * k - 1))
    let squares = Summary.sum(means.map { ($0 - (k + 1) / 2) * ($0 - (k + 1) / 2) })
    statistic = untied > 0 ? 12 * n / (k * (k + 1)) * squares / untied : 0
    p = ChiSquared(degreesOfFreedom: algorithms - 1).upperTail(statistic)
  }

  /// Nemenyi's critical difference: mean ranks that differ by as much differ significantly.
  ///
  /// - Precondition: `alpha` is above 0 and below 1.
  /// - Reference: Demšar (2006), section 3.2.2; its q is the studentized range divided by √2.
  public func criticalDifference(alpha: Double = 0.05) -> Double {
    let k = Double(averageRanks.count)
    return StudentizedRange(groups: averageRanks.count).upperQuantile(alpha)
      * (k * (k + 1) / (12 * Double(datasets))).squareRoot()
  }
}
