/// The ranks of values among each other.
///
///     Ranks.averageRanks([0.5, 0.9, 0.5])  // [1.5, 3, 1.5]
public enum Ranks {
  /// What two equal scores may differ by, as a share of the greater, once they are means over
  /// repeats: a mean of r numbers is off by r · 2⁻⁵³ of itself at most, so by less than this for any
  /// r up to thousands, and scores that differ at all differ by far more (accuracies of 1,500
  /// queries in three repeats by 2⁻¹³).
  public static let roundingTolerance = 0x1p-40

  /// The rank of each value, 1 for the least; equal values share the mean of their ranks.
  ///
  /// - Parameter tolerance: Values also count as equal if they differ by this share of the greater
  ///   magnitude at most.
  /// - Precondition: no value is NaN.
  /// - Complexity: O(n log n).
  /// - Reference: `scipy.stats.rankdata`, method `average`.
  public static func averageRanks(_ values: [Double], tolerance: Double = 0) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    for group in groups(values, tolerance) {
      let shared = Double(group.first + group.last) / 2 + 1
      for place in group.members { ranks[place] = shared }
    }
    return ranks
  }

  /// How often each value stands that stands more than once, from the least value.
  static func ties(_ values: [Double], tolerance: Double = 0) -> [Int] {
    groups(values, tolerance).map(\.members.count).filter { $0 > 1 }
  }

  /// The places of equal values, from the least value, with their first and last place in order.
  private static func groups(
    _ values: [Double], _ tolerance: Double
  ) -> [(members: ArraySlice<Int>, first: Int, last: Int)] {
    precondition(!values.contains { $0.isNaN }, "NaN has no rank")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var groups: [(members: ArraySlice<Int>, first: Int, last: Int)] = []
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count,
        areEqual(values[order[first]], values[order[last + 1]], tolerance)
      { last += 1 }
      groups.append((order[first...last], first, last))
      first = last + 1
    }
    return groups
  }

  private static func areEqual(_ one: Double, _ other: Double, _ tolerance: Double) -> Bool {
    guard one != other, one.isFinite, other.isFinite else { return one == other }
    return abs(one - other) <= tolerance * max(abs(one), abs(other))
  }
}
