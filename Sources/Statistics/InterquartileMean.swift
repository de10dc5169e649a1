/// The mean of the middle half of scores: less swayed by outliers than the mean, and with smaller
/// uncertainty than the median.
///
/// - Reference: Agarwal et al., Deep reinforcement learning at the edge of the statistical
///   precipice, NeurIPS 2021, section 4.3; `rliable.metrics.aggregate_iqm`.
public enum InterquartileMean {
  /// The interquartile mean of `scores`, of all runs and tasks together; nil if there are none.
  ///
  /// A quarter of the scores, rounded down, is left out at either end.
  ///
  /// - Precondition: no score is NaN.
  /// - Complexity: O(n log n).
  public static func of(_ scores: [Double]) -> Double? {
    precondition(!scores.contains { $0.isNaN }, "NaN has no rank")
    let cut = scores.count / 4
    return Summary(of: Array(scores.sorted()[cut..<(scores.count - cut)]))?.mean
  }
}
