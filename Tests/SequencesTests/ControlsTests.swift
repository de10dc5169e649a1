import Episodes
import Sequences
import Tensors
import Testing

struct ControlsTests {
  /// Five classes shown ten times each: the ceiling of first showings, and what counting is worth after it.
  @Test func countingScoresWhatItMustScore() {
    let sequences = Samples.sequences(4000, classes: 5, showings: 10)
    let sums = sequences.reduce([Double](repeating: 0, count: 10)) { sums, sequence in
      zip(sums, sequence.scores(of: Counting(classes: 5).student())).map { $0 + $1 }
    }
    for (showing, expected) in [(1, 0.4567), (2, 0.312), (3, 0.289), (5, 0.277), (10, 0.329)] {
      let share = sums[showing - 1] / 4000
      // Four standard errors, of answers of one sequence taken as one.
      #expect(abs(share - expected) < 0.016, "showing \(showing): \(share)")
    }
  }

  /// Knows which class an input is of, but not what it is called until it has been told.
  struct Clairvoyant: SequenceStudent {
    /// The class of each step.
    var classes: [Int]
    var names: [Int: Int] = [:]
    var step = 0
    mutating func answer(_ input: Tensor) -> Tensor {
      let known = names[classes[step]]
      let free = (0..<5).filter { !names.values.contains($0) }
      let possible = known.map { [$0] } ?? free
      return Tensor([1, 5], (0..<5).map { possible.contains($0) ? 1 : 0 })
    }
    mutating func learn(_ target: Targets) {
      if case .classes(let labels, _) = target { names[classes[step]] = labels[0] }
      step += 1
    }
  }

  /// Nobody is right more often at first showings than who rules out the labels that are taken.
  @Test func evenOneWhoKnowsTheClassesStaysAtTheCeilingOfFirstShowings() {
    let sequences = Samples.sequences(4000, classes: 5, showings: 3)
    var sums = [0.0, 0, 0]
    for sequence in sequences {
      let scores = sequence.scores(of: Clairvoyant(classes: Samples.labels(sequence)))
      sums = zip(sums, scores).map { $0 + $1 }
    }
    #expect(abs(sums[0] / 4000 - (1 / 5 + 1 / 4 + 1 / 3 + 1 / 2 + 1) / 5) < 0.016)
    #expect(sums[1] == 4000 && sums[2] == 4000)
  }

  @Test func theRunningMeanIsThatOfTheValuesBefore() {
    let sequence = OnlineSequence(
      Examples(inputs: .zeros([4, 1]), targets: .values(Tensor([4, 1], [2, 4, 6, -8]))))
    // Answers 0, 2, 3, 4.
    #expect(sequence.scores(of: RunningMean().student()) == [4, 4, 9, 144])
  }
}
