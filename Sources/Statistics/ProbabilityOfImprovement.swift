/// How likely a run of one algorithm scores above one of another, on a task chosen at random.
///
/// - Reference: Agarwal et al., Deep reinforcement learning at the edge of the statistical
///   precipice, NeurIPS 2021, section 4.3; `rliable.metrics.probability_of_improvement`.
public enum ProbabilityOfImprovement {
  /// The mean over tasks of the share of pairs of runs in which `x` is above `y`; ties count half.
  ///
  /// - Parameters:
  ///   - x: The first's scores, `[runs][tasks]`.
  ///   - y: The second's scores, `[runs][tasks]`, of the same tasks.
  /// - Returns: nil without runs or tasks.
  /// - Precondition: all runs have the same number of tasks.
  /// - Complexity: O(runs of `x` · runs of `y` · tasks).
  public static func of(_ x: [[Double]], over y: [[Double]]) -> Double? {
    guard let tasks = x.first?.count, tasks > 0, !y.isEmpty else { return nil }
    precondition((x + y).allSatisfy { $0.count == tasks }, "runs share their tasks")
    let shares = (0..<tasks).map { task in
      var wins = 0.0
      for first in x {
        for second in y {
          wins += first[task] > second[task] ? 1 : first[task] == second[task] ? 0.5 : 0
        }
      }
      return wins / Double(x.count * y.count)
    }
    return Summary(of: shares)?.mean
  }
}
