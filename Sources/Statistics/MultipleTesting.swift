/// Corrections of p-values for having made several tests.
///
///     MultipleTesting.holm([0.01, 0.04, 0.03])  // [0.03, 0.06, 0.06]
public enum MultipleTesting {
  /// Holm's adjusted p-values, in the order given: rejecting those up to α keeps the probability of
  /// any false rejection at α, whatever the dependence between the tests.
  ///
  /// - Precondition: each p is in 0...1.
  /// - Reference: Holm, A simple sequentially rejective multiple test procedure, Scandinavian
  ///   Journal of Statistics 6 (1979).
  public static func holm(_ p: [Double]) -> [Double] {
    var greatest = 0.0
    return adjusted(p, ascending: true) { value, rank in
      greatest = max(greatest, min(1, value * Double(p.count - rank)))
      return greatest
    }
  }

  /// Benjamini's and Hochberg's adjusted p-values, in the order given: rejecting those up to α
  /// keeps the expected share of false ones among the rejections at α, for independent or
  /// positively dependent tests.
  ///
  /// - Precondition: each p is in 0...1.
  /// - Reference: Benjamini and Hochberg, Controlling the false discovery rate, Journal of the
  ///   Royal Statistical Society B 57 (1995).
  public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var least = 1.0
    return adjusted(p, ascending: false) { value, rank in
      least = min(least, value * Double(p.count) / Double(rank + 1))
      return least
    }
  }

  /// What `adjust` makes of each p and its rank from zero, called in the order of the ranks.
  private static func adjusted(
    _ p: [Double], ascending: Bool, _ adjust: (Double, Int) -> Double
  ) -> [Double] {
    precondition(p.allSatisfy { (0...1).contains($0) }, "a probability is in 0...1")
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    let ranked = Array(order.enumerated())
    var results = p
    for (rank, place) in ascending ? ranked : ranked.reversed() {
      results[place] = adjust(p[place], rank)
    }
    return results
  }
}
