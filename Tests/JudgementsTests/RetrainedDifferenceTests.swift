import FewShotCells
import Judgements
import Randomness
import Statistics
import Testing

struct RetrainedDifferenceTests {
  private func pairing(_ first: SampleCell, _ second: SampleCell, tasks: Int = 0, run: Int = 0)
    throws -> Pairing
  {
    try Pairing(
      first.records(tasks: tasks, training: 2 * run),
      second.records(tasks: tasks, training: 2 * run + 1))
  }

  @Test func withOneRepeatItIsThePairedT() throws {
    let cell = SampleCell(repeats: 1)
    let pairing = try pairing(cell, cell)
    let difference = try #require(RetrainedDifference(pairing))
    let paired = try #require(PairedDifference(pairing.first, pairing.second))
    #expect(difference.trainingSpread == .unknown)
    #expect(difference.mean == paired.mean)
    #expect(difference.degreesOfFreedom == Double(paired.count - 1))
    #expect(abs(difference.halfWidth(confidence: 0.95) / paired.halfWidth - 1) < 1e-12)
    #expect(abs(difference.pAtLeast(-0.01) / paired.pAtLeast(-0.01) - 1) < 1e-12)
  }

  @Test func whereNothingIsTrainedItIsThePairedT() throws {
    let one = SampleCell(repeats: 1).records(training: 0)[0]
    let other = SampleCell(repeats: 1).records(training: 1)[0]
    let pairing = try Pairing([one, one, one], [other, other])
    let difference = try #require(RetrainedDifference(pairing))
    let paired = try #require(PairedDifference(pairing.first, pairing.second))
    #expect(difference.trainingSpread == .nothingTrained)
    #expect(abs(difference.halfWidth(confidence: 0.95) / paired.halfWidth - 1) < 1e-9)
  }

  @Test func aStatedDeviationWidensASingleRepeat() throws {
    let cell = SampleCell(repeats: 1)
    let pairing = try pairing(cell, cell)
    let plain = try #require(RetrainedDifference(pairing))
    let wider = try #require(RetrainedDifference(pairing, trainingDeviation: 0.01))
    #expect(wider.trainingSpread == .stated(0.01))
    let expected = (plain.standardError * plain.standardError + 2 * 0.01 * 0.01).squareRoot()
    #expect(abs(wider.standardError / expected - 1) < 1e-12)
    let trained = try #require(
      RetrainedDifference(pairing, isTrained: false, trainingDeviation: 0.01))
    #expect(trained.standardError == plain.standardError)
  }

  @Test(arguments: [(3, 3), (3, 1), (5, 2)])
  func itsIntervalKeepsItsCoverageWhereTrainingsDiffer(_ repeats: (Int, Int)) throws {
    // Trainings differ as much as 100 episodes do. Paired t over the episodes would hold the truth
    // far too seldom.
    let first = SampleCell(trainingSpread: 0.01, rest: 0.05, repeats: repeats.0, episodes: 100)
    let second = SampleCell(trainingSpread: 0.01, rest: 0.05, repeats: repeats.1, episodes: 100)
    let runs = 800
    var held = 0
    var heldByEpisodes = 0
    for run in 0..<runs {
      let pairing = try pairing(first, second, tasks: run, run: run)
      let difference = try #require(RetrainedDifference(pairing))
      if abs(difference.mean) <= difference.halfWidth(confidence: 0.95) { held += 1 }
      let paired = try #require(PairedDifference(pairing.first, pairing.second))
      if paired.lower <= 0, paired.upper >= 0 { heldByEpisodes += 1 }
    }
    let coverage = Double(held) / Double(runs)
    let paired = Double(heldByEpisodes) / Double(runs)
    print("repeats \(repeats): coverage \(coverage), of paired t \(paired)")
    #expect(coverage > 0.93 && coverage < 0.985)
    #expect(paired < 0.9)
  }
}
