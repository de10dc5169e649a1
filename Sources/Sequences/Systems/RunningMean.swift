import Episodes
import Kinds
import Tensors

/// Never looks at an input, and answers the mean of the values told so far: what a constant is worth.
package struct RunningMean: UntrainedSequenceLearner {
  package init() {}

  package func student() -> Student { Student() }

  package struct Student: SequenceStudent {
    private var sum = 0.0
    private var count = 0.0

    /// 0 before the first target.
    package func answer(_ input: Tensor) -> Tensor { Tensor([1, 1], [Float(sum / max(1, count))]) }

    package mutating func learn(_ target: Targets) {
      guard case .values(let values) = target else { return }
      sum += Double(values.scalar)
      count += 1
    }
  }

  package static let description = SystemDescription<OnlineSequences>(
    "running-mean", summary: "answers the mean of the values told so far, without a look at the input",
    reference: "a control", allSettings: [("regression", [])],
    settings: { $0.isRegression ? [] : nil }, variesBy: { _ in .nothing }
  ) { _, _ in RunningMean() }
}
