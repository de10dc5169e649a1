/// The ranks of values among each other.
///
///     Ranks.averageRanks([0.5, 0.9, 0.5])  // [1.5, 3, 1.5]
public enum Ranks {
  /// The rank of each value, 1 for the least; equal values share the mean of their ranks.
  ///
  /// - Precondition: no value is NaN.
  /// - Complexity: O(n log n).
  /// - Reference: `scipy.stats.rankdata`, method `average`.
  public static func averageRanks(_ values: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    for group in groups(values) {
      let shared = Double(group.first + group.last) / 2 + 1
      for place in group.members { ranks[place] = shared }
    }
    return ranks
  }

  /// How often each value stands that stands more than once, from the least value.
  static func ties(_ values: [Double]) -> [Int] {
    groups(values).map(\.members.count).filter { $0 > 1 }
  }

  /// The places of equal values, from the least value, with their first and last place in order.
  private static func groups(
    _ values: [Double]
  ) -> [(members: ArraySlice<Int>, first: Int, last: Int)] {
    precondition(!values.contains { $0.isNaN }, "NaN has no rank")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var groups: [(members: ArraySlice<Int>, first: Int, last: Int)] = []
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      groups.append((order[first...last], first, last))
      first = last + 1
    }
    return groups
  }
}
