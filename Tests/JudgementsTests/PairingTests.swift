import FewShotCells
import Judgements
import Measures
import Results
import Testing

struct PairingTests {
  @Test func repeatsAreAveragedEpisodeByEpisode() throws {
    let pairing = try Pairing(
      [record("a-r0", [0.2, 0.4]), record("a-r1", [0.4, 0.8])], [record("b-r0", [0.1, 0.2])])
    #expect(pairing.firstRepeats == [[0.2, 0.4], [0.4, 0.8]])
    #expect(pairing.first == [(0.2 + 0.4) / 2, (0.4 + 0.8) / 2])
    #expect(pairing.second == [0.1, 0.2])
    #expect(pairing.count == 2 && pairing.tested == 2)
  }

  @Test func theLastStepCountsUnlessAnotherIsAskedFor() throws {
    let first = record("a", [0.1, 0.2, 0.3, 0.4], steps: 1)
    let second = record("b", [0.5, 0.6])
    #expect(try Pairing([first], [second]).first == [0.2, 0.4])
    #expect(try Pairing([first], [second], measure: .after(steps: 0)).first == [0.1, 0.3])
    #expect(throws: JudgementsError.noSuchPlace("b", place: "after 1 step", axes: [OutcomeAxis("steps", 0...0)])) {
      try Pairing([first], [second], otherMeasure: .after(steps: 1))
    }
  }

  @Test func fewerEpisodesArePairedWithTheFirstOfMore() throws {
    let pairing = try Pairing([record("a", [0.1, 0.2, 0.3])], [record("b", [0.4, 0.5])])
    #expect(pairing.first == [0.1, 0.2])
    #expect(pairing.count == 2 && pairing.tested == 3)
  }

  @Test func whatWasNotMeasuredAlikeIsRefusedWithTheReason() {
    let reference = record("a", [0.1, 0.2])
    #expect(throws: JudgementsError.differentEpisodes("a", "b", episode: 1)) {
      try Pairing([reference], [record("b", [0.1, 0.2], digests: [0, 7])])
    }
    #expect(throws: JudgementsError.differentEpisodes("a", "a-r1", episode: 0)) {
      try Pairing([reference, record("a-r1", [0.1, 0.2], digests: [1, 0])], [reference])
    }
    #expect(throws: JudgementsError.differentMetrics("a", "accuracy", "b", "loss")) {
      try Pairing([reference], [record("b", [0.1, 0.2], metric: "loss")])
    }
    #expect(throws: JudgementsError.differentVersions("a", 1, "b", 2)) {
      try Pairing([reference], [record("b", [0.1, 0.2], version: 2)])
    }
    #expect(throws: JudgementsError.nothingToPair) { try Pairing([reference], []) }
    #expect(throws: JudgementsError.noScores("b")) {
      try Pairing([reference], [record("b", [])])
    }
    let text = "\(JudgementsError.differentEpisodes("a", "b", episode: 1))"
    #expect(text.contains("'a' and 'b'") && text.contains("from episode 1 on"))
  }
}
