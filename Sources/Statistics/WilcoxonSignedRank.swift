/// Wilcoxon's signed-rank test of "the differences are symmetric around zero", two-sided.
///
///     WilcoxonSignedRank(differences: zip(maml, fomaml).map { $0 - $1 })!.p
///
/// Zeros are left out. The p-value is exact for up to 50 differences without zeros and ties, and
/// for up to 13 with them; otherwise it is the normal approximation with the correction for ties
/// and without one for continuity. This is what scipy 1.17 does unless told otherwise, but for one
/// case: more than 13 differences that are all zero have p = 1 here, not NaN.
///
/// - Reference: Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1 (1945).
public struct WilcoxonSignedRank: Sendable, Equatable {
  /// The lesser of the rank sums of positive and of negative differences.
  public let statistic: Double
  /// The two-sided p-value.
  public let p: Double
  /// Whether `p` is exact and no approximation.
  public let isExact: Bool

  /// The test of `differences`; nil if there are none, or one is not finite.
  ///
  /// - Parameters:
  ///   - differences: `[episodes]`.
  ///   - resolution: Differences are rounded to multiples of this first, so that equal steps of
  ///     scores such as 74/75 are equal whatever the last bits of a subtraction; 0 for no rounding.
  /// - Complexity: O(n log n).
  public init?(differences: [Double], resolution: Double = 0) {
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    let rounded =
      resolution > 0 ? differences.map { ($0 / resolution).rounded() } : differences
    let used = rounded.filter { $0 != 0 }
    let sizes = used.map(abs)
    let ranks = Ranks.averageRanks(sizes)
    let ties = Ranks.ties(sizes)
    let positive = Summary.sum(zip(used, ranks).filter { $0.0 > 0 }.map(\.1))
    let negative = Summary.sum(zip(used, ranks).filter { $0.0 < 0 }.map(\.1))
    statistic = min(positive, negative)
    let isPlain = ties.isEmpty && used.count == differences.count
    isExact = differences.count <= (isPlain ? 50 : 13)
    p = used.isEmpty ? 1 : isExact
      ? Self.exact(statistic, ranks: ranks) : Self.approximate(statistic, used.count, ties: ties)
  }

  /// Twice the share of the 2ⁿ signs whose positive ranks sum up to `statistic` or less.
  private static func exact(_ statistic: Double, ranks: [Double]) -> Double {
    // Tied ranks are multiples of 1/2. Counts stay below 2⁵⁰: Double holds them exactly.
    let doubled = ranks.map { Int(2 * $0) }
    var counts = [Double](repeating: 0, count: doubled.reduce(0, +) + 1)
    counts[0] = 1
    var greatest = 0
    for rank in doubled {
      for sum in stride(from: greatest, through: 0, by: -1) { counts[sum + rank] += counts[sum] }
      greatest += rank
    }
    let below = counts[...Int(2 * statistic)].reduce(0, +)
    return min(1, 2 * below / counts.reduce(0, +))
  }

  private static func approximate(_ statistic: Double, _ count: Int, ties: [Int]) -> Double {
    let n = Double(count)
    let tied = ties.map { Double($0) * Double($0) * Double($0) - Double($0) }.reduce(0, +)
    let variance = (n * (n + 1) * (2 * n + 1) - tied / 2) / 24
    let z = (n * (n + 1) / 4 - statistic) / variance.squareRoot()
    return min(1, 2 * Normal.upperTail(z))
  }
}
