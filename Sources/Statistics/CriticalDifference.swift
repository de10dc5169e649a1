import Foundation

/// Mean ranks of several algorithms over blocks, and which of them cannot be told apart: Friedman's
/// test followed by Nemenyi's.
///
///     let ranks = CriticalDifference([maml, fomaml, protonet], higherIsBetter: true)!
///     print(ranks.meanRanks, ranks.criticalDifference, ranks.groups)
///
/// - Reference: Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets, Journal of
///   Machine Learning Research 7 (2006), 3.2.2.
public struct CriticalDifference: Sendable, Equatable {
  /// Of each algorithm: its rank averaged over the blocks, 1 for the best; ties share a rank.
  public let meanRanks: [Double]
  /// The number of blocks.
  public let blocks: Int
  /// Mean ranks closer than this do not differ at level `alpha`, all pairs taken together.
  public let criticalDifference: Double
  /// The level of Nemenyi's test.
  public let alpha: Double
  /// Friedman's chi-square, corrected for ties.
  public let statistic: Double
  /// The p-value of "all algorithms are alike".
  public let p: Double

  /// The comparison of `scores`; nil under two algorithms or two blocks.
  ///
  /// Scores that differ by the rounding of a mean only (`Ranks.roundingTolerance`) are ties.
  ///
  /// - Parameter scores: `[algorithms][blocks]`: every algorithm's scores on the same blocks.
  /// - Precondition: all algorithms have the same number of scores, none of which is NaN; `alpha`
  ///   is above 0 and below 1.
  /// - Complexity: O(scores · log algorithms).
  public init?(_ scores: [[Double]], higherIsBetter: Bool, alpha: Double = 0.05) {
    guard scores.count > 1, let blocks = scores.first?.count, blocks > 1 else { return nil }
    precondition(scores.allSatisfy { $0.count == blocks }, "one score of each per block")
    let (k, n) = (Double(scores.count), Double(blocks))
    var sums = [Double](repeating: 0, count: scores.count)
    var tied = 0.0
    for block in 0..<blocks {
      let values = scores.map { higherIsBetter ? -$0[block] : $0[block] }
      let ranks = Ranks.averageRanks(values, tolerance: Ranks.roundingTolerance)
      for (index, rank) in ranks.enumerated() { sums[index] += rank }
      let ties = Ranks.ties(values, tolerance: Ranks.roundingTolerance).map(Double.init)
      for count in ties { tied += count * count * count - count }
    }
    self.blocks = blocks
    self.alpha = alpha
    meanRanks = sums.map { $0 / n }
    criticalDifference =
      Self.studentizedRange(1 - alpha, count: scores.count) / 2.0.squareRoot()
      * (k * (k + 1) / (6 * n)).squareRoot()
    let spread = Summary.sum(meanRanks.map { ($0 - (k + 1) / 2) * ($0 - (k + 1) / 2) })
    let correction = 1 - tied / (n * (k * k * k - k))
    statistic = correction > 0 ? 12 * n / (k * (k + 1)) * spread / correction : 0
    p = Self.chiSquareTail(statistic, degreesOfFreedom: scores.count - 1)
  }

  /// The largest groups of algorithms of which no two differ, as places in the order of ranks.
  ///
  /// - Returns: Ranges of places in `order`, each of two algorithms or more.
  public var groups: [ClosedRange<Int>] {
    let ranks = order.map { meanRanks[$0] }
    var groups: [ClosedRange<Int>] = []
    for first in ranks.indices {
      let last = ranks.lastIndex { $0 - ranks[first] < criticalDifference }!
      if last > first, last > groups.last?.upperBound ?? -1 { groups.append(first...last) }
    }
    return groups
  }

  /// The algorithms from the best mean rank to the worst; equal ones as they came.
  public var order: [Int] {
    meanRanks.indices.sorted { (meanRanks[$0], $0) < (meanRanks[$1], $1) }
  }

  /// The quantile of the range of `count` independent standard normal values.
  static func studentizedRange(_ probability: Double, count: Int) -> Double {
    var low = 0.0
    var high = 20.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if rangeProbability(middle, count: count) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The probability that `count` independent standard normal values lie within `range`, by
  /// Simpson's rule over the greatest of them.
  private static func rangeProbability(_ range: Double, count: Int) -> Double {
    let steps = 400
    let (lower, upper) = (-8.5, 8.5)
    let step = (upper - lower) / Double(steps)
    let terms = (0...steps).map { index -> Double in
      let z = lower + Double(index) * step
      let weight = index == 0 || index == steps ? 1.0 : index.isMultiple(of: 2) ? 2 : 4
      let within = Normal.cumulative(z) - Normal.cumulative(z - range)
      return weight * Normal.density(z) * pow(within, Double(count - 1))
    }
    return Double(count) * Summary.sum(terms) * step / 3
  }

  /// The probability that chi-square exceeds `x`, by its finite sums.
  ///
  /// - Reference: Abramowitz and Stegun, 26.4.4 and 26.4.5.
  static func chiSquareTail(_ x: Double, degreesOfFreedom: Int) -> Double {
    guard x > 0 else { return 1 }
    let isEven = degreesOfFreedom.isMultiple(of: 2)
    var term = isEven ? exp(-x / 2) : 2 * Normal.density(x.squareRoot()) * x.squareRoot()
    var tail = isEven ? 0 : 2 * Normal.upperTail(x.squareRoot())
    var denominator = isEven ? 2.0 : 3.0
    for _ in 0..<(degreesOfFreedom / 2) {
      tail += term
      term *= x / denominator
      denominator += 2
    }
    return min(1, tail)
  }
}
