import Episodes
import Sequences
import Tensors
import Testing

struct ScoresTests {
  /// Answers what it was given to answer, and writes down when it was told what.
  struct Scripted: SequenceStudent {
    var answers: [[Float]]
    mutating func answer(_ input: Tensor) -> Tensor {
      let next = answers.removeFirst()
      return Tensor([1, next.count], next)
    }
    mutating func learn(_ target: Targets) {}
  }

  private func classes(_ labels: [Int]) -> OnlineSequence {
    OnlineSequence(
      Examples(inputs: .zeros([labels.count, 1]), targets: .classes(labels, of: 2)))
  }

  @Test func answersCountByHowOftenTheirClassWasShown() {
    // Class 1 is shown at steps 0, 1, 4, class 0 at steps 2, 3, 5; the answer to step 1 is wrong.
    let zero: [Float] = [1, 0], one: [Float] = [0, 1]
    let scores = classes([1, 1, 0, 0, 1, 0])
      .scores(of: Scripted(answers: [one, zero, zero, zero, one, zero]))
    #expect(scores == [1, 0.5, 1])
  }

  @Test func theFirstOfEqualLogitsCounts() {
    #expect(classes([0, 1]).scores(of: Scripted(answers: [[3, 3], [3, 3]])) == [0.5])
  }

  @Test func errorsAreSquaredAndStandByPosition() {
    let sequence = OnlineSequence(
      Examples(inputs: .zeros([3, 1]), targets: .values(Tensor([3, 1], [1, 2, 3]))))
    #expect(sequence.scores(of: Scripted(answers: [[1], [0], [4]])) == [0, 4, 1])
  }

  @Test func noNumberIsNoScore() {
    let scores = classes([0, 1, 0, 1])
      .scores(of: Scripted(answers: [[.nan, 0], [0, 1], [1, 0], [0, 1]]))
    #expect(scores[0].isNaN && scores[1] == 1)
  }

  /// Sees what reaches it and in which order.
  final class Witness: SequenceStudent {
    var events: [String] = []
    func answer(_ input: Tensor) -> Tensor {
      events.append("asked \(input.elements)")
      return Tensor([1, 2], [1, 0])
    }
    func learn(_ target: Targets) { events.append("told \(target.rows.elements)") }
  }

  @Test func everyTargetComesAfterTheAnswerToItsInput() {
    let sequence = OnlineSequence(
      Examples(inputs: Tensor([2, 1], [7, 8]), targets: .classes([1, 0], of: 2)))
    let witness = Witness()
    _ = sequence.scores(of: witness)
    #expect(witness.events == ["asked [7.0]", "told [0.0, 1.0]", "asked [8.0]", "told [1.0, 0.0]"])
  }
}
