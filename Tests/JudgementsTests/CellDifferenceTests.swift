import Judgements
import Results
import Statistics
import Testing

struct CellDifferenceTests {
  private func difference(
    _ first: [CellRecord], _ second: [CellRecord], stated: Double? = nil
  ) throws -> CellDifference {
    try #require(
      CellDifference(
        try Pairing(first, second), of: (Replicates(first), Replicates(second)), stated: stated))
  }

  private let one = SampleCell(repeats: 1).records(training: 0)
  private let other = SampleCell(repeats: 1).records(training: 1)

  @Test func withOneRepeatItIsThePairedT() throws {
    let difference = try difference(one, other)
    let pairing = try Pairing(one, other)
    let paired = try #require(PairedDifference(pairing.first, pairing.second))
    #expect(difference.spread == .unknown && difference.combined == nil && difference.variesBy == .training)
    #expect(difference.mean == paired.mean)
    #expect(abs(difference.estimate.halfWidth() / paired.halfWidth - 1) < 1e-12)
    #expect(abs(difference.estimate.pAtLeast(-0.01) / paired.pAtLeast(-0.01) - 1) < 1e-12)
    let same = try self.difference(one, one.madeAgain)
    #expect(same.spread == .same && same.isPaired)
  }

  @Test func whatDoesNotVaryHasNoRepeatsToCountIn() throws {
    // Nearest neighbours of pixels.
    func pixels(_ records: [CellRecord]) -> [CellRecord] {
      records.map { old in
        var record = old
        record.algorithm = "nearest-neighbor"
        record.training = []
        return record
      }
    }
    let (a, b) = (pixels(one), pixels(other))
    let difference = try difference([a[0], a[0], a[0]], [b[0], b[0]])
    #expect(difference.spread == .nothing && difference.combined == nil && difference.variesBy == nil)
    // Beside something trained they are drawn no more than before.
    let mixed = try self.difference(SampleCell(trainingSpread: 0.01).records(training: 0), b)
    #expect(mixed.spread == .estimated && mixed.repeatFactor == 1.0 / 3)
  }

  @Test func whatVariesIsReadFromTheConfiguration() {
    func variation(_ algorithm: String, _ settings: String, metric: String = "accuracy") -> String {
      var record = record("cell-r0-0123abcd", [0.5, 0.6], metric: metric, settings: settings)
      record.algorithm = algorithm
      return record.variesBy.rawValue
    }
    #expect(variation("nearest-neighbor", #""features":"pixels""#) == "nothing")
    #expect(variation("nearest-neighbor", #""features":"pretrained""#) == "training")
    #expect(variation("nil", #""training":"none""#) == "initialization")
    #expect(variation("nil", #""training":"maml""#) == "training")
    #expect(variation("from-scratch", "", metric: "loss") == "initialization")
    #expect(variation("maml", "") == "training" && variation("another-package's", "") == "training")
  }

  @Test func aStatedDeviationWidensASingleRepeat() throws {
    let wider = try difference(one, other, stated: 0.01)
    #expect(wider.spread == .stated(0.01))
    #expect(abs(try #require(wider.estimate.repeats).variance - 2 * 0.01 * 0.01) < 1e-15)
  }

  @Test func repeatsOfTheSameTrainingsArePaired() throws {
    let cell = SampleCell(trainingSpread: 0.01)
    let old = cell.records(training: 0)
    let paired = try difference(old, old.madeAgain.map { record in
      var record = record
      record.test.scores = record.test.scores.map { $0 - 0.01 }
      return record
    })
    #expect(paired.isPaired && paired.repeatFactor == 1.0 / 3)
    #expect(abs(paired.mean - 0.01) < 1e-12 && paired.estimate.halfWidth() < 1e-9)
    let apart = try difference(old, cell.records(training: 1))
    #expect(!apart.isPaired && abs(apart.repeatFactor - 2.0 / 3) < 1e-15)
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
      let difference = try difference(
        first.records(tasks: run, training: 2 * run), second.records(tasks: run, training: 2 * run + 1))
      if difference.estimate.interval().contains(0) { held += 1 }
      if difference.overEpisodes.interval().contains(0) { heldByEpisodes += 1 }
    }
    let coverage = Double(held) / Double(runs)
    #expect(coverage > 0.93 && coverage < 0.985, "\(coverage)")
    #expect(Double(heldByEpisodes) / Double(runs) < 0.9)
  }
}
