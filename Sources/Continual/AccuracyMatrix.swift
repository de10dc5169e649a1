/// Accuracies R[i][j] on task j after learning i tasks, and what is said of them.
///
/// The definitions are those of Avalanche (Lomonaco et al. 2021). Others differ: some take the best accuracy
/// so far for what is forgotten, some leave out the accuracy before all learning.
package struct AccuracyMatrix {
  /// Row i after learning i tasks, from none to all of them; a column for each task.
  package let rows: [[Double]]

  /// - Precondition: One row more than there are tasks.
  package init(rows: [[Double]]) {
    precondition(rows.count == rows[0].count + 1, "a row before the first task, and one after each")
    self.rows = rows
  }

  /// The number of tasks.
  package var tasks: Int { rows[0].count }

  /// The mean over tasks learned so far, after each of them: 1/i Σ_{j=1...i} R[i][j] for i = 1 ... T.
  package var average: [Double] {
    (1...tasks).map { learned in mean(1...learned) { rows[learned][$0 - 1] } }
  }

  /// The mean loss on earlier tasks since each was learned: 1/(i-1) Σ_{j<i} (R[j][j] - R[i][j]) for i = 2 ... T.
  package var forgetting: [Double] {
    later.map { learned in mean(1...learned - 1) { loss(of: $0, after: learned) } }
  }

  /// The mean gain on earlier tasks since each was learned: forgetting with the other sign.
  package var backwardTransfer: [Double] { forgetting.map { -$0 } }

  /// What was lost on the first task: R[1][1] - R[i][1] for i = 2 ... T.
  package var firstTaskForgetting: [Double] { later.map { loss(of: 1, after: $0) } }

  /// The mean gain on tasks before they were learned over no learning at all:
  /// 1/(i-1) Σ_{j=2...i} (R[j-1][j] - R[0][j]) for i = 2 ... T.
  package var forwardTransfer: [Double] {
    later.map { learned in mean(2...learned) { rows[$0 - 1][$0 - 1] - rows[0][$0 - 1] } }
  }

  private var later: [Int] { tasks > 1 ? Array(2...tasks) : [] }

  private func loss(of task: Int, after learned: Int) -> Double {
    rows[task][task - 1] - rows[learned][task - 1]
  }

  private func mean(_ range: ClosedRange<Int>, _ value: (Int) -> Double) -> Double {
    range.reduce(0) { $0 + value($1) } / Double(range.count)
  }
}
