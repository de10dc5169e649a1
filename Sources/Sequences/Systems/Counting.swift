import Episodes
import Kinds
import Tensors

/// Never looks at an input, and answers the label that was told least often: what counting alone is worth
/// where every class is shown equally often.
///
/// With five classes shown ten times each it is right at 45.7 % of first showings (the most that any learner
/// can be, for only labels already told can be ruled out), then 31.2, 28.9, 27.7 and 32.9 % of second, third, fifth
/// and tenth ones. A system has memory as far as it is above that.
package struct Counting: UntrainedSequenceLearner {
  package let classes: Int

  package init(classes: Int) { self.classes = classes }

  package func student() -> Student { Student(counts: [Float](repeating: 0, count: classes)) }

  package struct Student: SequenceStudent {
    fileprivate var counts: [Float]

    /// The rarer, the larger.
    package func answer(_ input: Tensor) -> Tensor { Tensor([1, counts.count], counts.map { -$0 }) }

    package mutating func learn(_ target: Targets) {
      guard case .classes(let labels, _) = target else { return }
      counts[labels[0]] += 1
    }
  }

  package static let description = SystemDescription<OnlineSequences>(
    "counting", summary: "answers the label told least often, without a look at the input",
    reference: "a control", allSettings: [("classification", [])],
    settings: { $0.isRegression ? nil : [] }, variesBy: { _ in .nothing }
  ) { _, plan in Counting(classes: plan.outputs) }
}
