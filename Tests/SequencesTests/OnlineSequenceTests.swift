import Episodes
import Randomness
import Sequences
import Tensors
import Testing

struct OnlineSequenceTests {
  @Test func everyClassIsShownEquallyOften() {
    for sequence in Samples.sequences(20, classes: 5, showings: 10) {
      let labels = Samples.labels(sequence)
      #expect(labels.count == 50 && sequence.examples.inputs.shape == [50, 20])
      for label in 0..<5 { #expect(labels.count { $0 == label } == 10) }
    }
  }

  @Test func anyStepIsEquallyLikelyToShowAnyClass() {
    let labels = Samples.sequences(2000, classes: 3, showings: 2).map(Samples.labels)
    for step in 0..<6 {
      let share = Double(labels.count { $0[step] == 0 }) / 2000
      #expect(abs(share - 1 / 3) < 0.04, "step \(step): \(share)")
    }
  }

  @Test func inputsFollowTheirLabels() {
    // Of clouds half as far from each other as their points are from them, equals are nearer on average.
    var distance = (within: 0.0, between: 0.0)
    for sequence in Samples.sequences(50, classes: 2, showings: 2) {
      let (labels, x) = (Samples.labels(sequence), sequence.examples.inputs.elements)
      for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
        let d = (0..<20).reduce(0.0) { sum, i in
          let difference = Double(x[a * 20 + i] - x[b * 20 + i])
          return sum + difference * difference
        }
        // Two pairs of equals and four of others in each sequence.
        if labels[a] == labels[b] { distance.within += d / 100 } else { distance.between += d / 200 }
      }
    }
    // 2 * 20 within, and 2 * 20 * 1.5 between.
    #expect(abs(distance.within - 40) < 5 && abs(distance.between - 60) < 8, "\(distance)")
  }

  @Test func equalStreamsGiveEqualSequencesAndOthersDoNot() {
    let shape = SequenceShape(classes: 2, showings: 3)
    let digests = [0, 1, 0].map { Samples.clouds.sequence(shape, from: Samples.stream($0)).digest }
    #expect(digests[0] == digests[2])
    #expect(digests[0] != digests[1])
  }

  @Test func theDigestKnowsInputsLabelsAndTheirOrder() {
    let sequence = Samples.sequences(1, classes: 2, showings: 2)[0]
    let examples = sequence.examples
    let relabelled = OnlineSequence(
      Examples(
        inputs: examples.inputs, targets: .classes(Samples.labels(sequence).map { 1 - $0 }, of: 2)))
    let brighter = OnlineSequence(
      Examples(inputs: examples.inputs + 1e-3, targets: examples.targets))
    let turned = OnlineSequence(examples.picked([3, 2, 1, 0]))
    #expect(Set([sequence, relabelled, brighter, turned].map(\.digest)).count == 4)
  }

  @Test func functionsBecomeSequencesOfPoints() {
    let sequence = Samples.waves.sequence(
      SequenceShape(classes: 1, showings: 7), from: Samples.stream(0))
    #expect(sequence.length == 7)
    #expect(sequence.examples.inputs.shape == [7, 1])
    #expect(sequence.examples.targets.rows.shape == [7, 1])
  }

  @Test func whatHasBeenToldIsTheTargetBefore() {
    let examples = Examples(
      inputs: .zeros([4, 2]), targets: .classes([2, 0, 1, 2], of: 3))
    #expect(
      OnlineSequence(examples).told.elements == [
        0, 0, 0,
        0, 0, 1,
        1, 0, 0,
        0, 1, 0,
      ])
    let values = Examples(inputs: .zeros([3, 1]), targets: .values(Tensor([3, 1], [5, 6, 7])))
    #expect(OnlineSequence(values).told.elements == [0, 5, 6])
    #expect(OnlineSequence(values.picked([1])).told.elements == [0])
  }
}
