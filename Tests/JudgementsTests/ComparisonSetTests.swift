import FewShotCells
import Judgements
import Measures
import Results
import Statistics
import Testing

struct ComparisonSetTests {
  private func families(_ names: [String], training: Int, mean: Double = 0.9) -> [ResultFamily] {
    ResultFamily.all(
      names.flatMap { SampleCell(name: $0, mean: mean).records(training: training) })
  }

  @Test func aFamilyHasAllRepeatsAndKnowsItsAlgorithmAndTask() {
    let all = families(["nearest-neighbor-pixels-omniglot-5way-1shot"], training: 0)
    #expect(all.count == 1 && all[0].records.map(\.repetition) == [0, 1, 2])
    #expect(all[0].algorithm == "nearest-neighbor-pixels" && all[0].task == "omniglot-5way-1shot")
  }

  @Test func repeatsWithoutAScoreAndResultsThatAreTheSameAreNamed() throws {
    var records = SampleCell().records(training: 0)
    let others = ResultFamily.all(SampleCell().records(training: 1))
    let same = ComparisonSet(ResultFamily.all(records), ResultFamily.all(records), by: .name)
    #expect(same.comparisons[0].isSameResult && same.comparisons[0].leftStanding == nil)
    #expect(!ComparisonSet(ResultFamily.all(records), others, by: .name).comparisons[0].isSameResult)
    records[1].status = .diverged("nan")
    records[2].status = .failed("no memory")
    let set = ComparisonSet(ResultFamily.all(records), others, by: .name)
    #expect(set.comparisons[0].leftStanding == "1 of 3; 1 diverged, 1 failed")
    #expect(set.comparisons[0].rightStanding == nil)
  }

  @Test func theSameCellsAreComparedByName() throws {
    let names = ["maml-omniglot-5way-1shot", "protonet-omniglot-5way-1shot"]
    let set = ComparisonSet(
      families(names, training: 0), families(names.reversed(), training: 1, mean: 0.88), by: .name)
    #expect(set.comparisons.map(\.name) == names)
    let first = set.comparisons[0]
    #expect(abs(first.difference - 0.02) < 0.005)
    #expect(abs(first.difference - (first.left - first.right)) < 1e-12)
    #expect(first.holmP == MultipleTesting.holm(set.comparisons.map(\.p))[0])
    #expect(first.varianceRatio < 0.5 && first.correlation > 0.5)
    #expect(first.leftRepeats == 3 && first.episodes == 600)
    #expect(first.coversRepeats && first.halfWidth >= first.halfWidthOverEpisodes && first.halfWidthOverEpisodes > 0)
  }

  @Test func algorithmsAreComparedByTask() {
    let set = ComparisonSet(
      families(["maml-omniglot-5way-1shot", "maml-omniglot-5way-5shot"], training: 0),
      families(["protonet-omniglot-5way-1shot"], training: 0), by: .task)
    // The samples say 1-shot of all.
    #expect(set.comparisons.map(\.name) == ["omniglot-5way-1shot"])
  }

  /// Waves of two splits in one folder, of which the grid names one.
  @Test func tasksOfTwoSplitsHaveTwoNames() {
    func families(_ algorithm: String) -> [ResultFamily] {
      ResultFamily.all(
        [("sinusoid", "standard"), ("sinusoid-frequency", "frequency")].flatMap { label, split in
          SampleCell(name: "\(algorithm)-\(label)-1way-10shot").records(training: 0).map { old in
            var new = old
            (new.dataset, new.split) = ("sinusoid", split)
            new.task = "\(label)-1way-10shot"
            new.algorithm = algorithm
            new.coordinates = Coordinates([.init("way", .integer(1)), .init("shot", .integer(10))])
            return new
          }
        })
    }
    let (left, right) = (families("reptile-innerSteps5"), families("maml"))
    #expect(left.map(\.algorithm) == ["reptile-innerSteps5", "reptile-innerSteps5"])
    let set = ComparisonSet(left, right.reversed(), by: .task)
    #expect(set.comparisons.map(\.name) == ["sinusoid-1way-10shot", "sinusoid-frequency-1way-10shot"])
  }

  @Test func whatCannotBeComparedIsToldApart() {
    let left = families(["maml-omniglot-5way-1shot", "reptile-omniglot-5way-1shot"], training: 0)
    let right = ResultFamily.all(
      SampleCell().records(training: 1).map { old in
        var new = old
        new.test.digests[0] = 99
        return new
      } + SampleCell(name: "anil-omniglot-5way-1shot").records(training: 1))
    let set = ComparisonSet(left, right, by: .name)
    #expect(set.comparisons.isEmpty)
    #expect(set.refusals.map(\.name) == ["maml-omniglot-5way-1shot"])
    #expect(set.refusals[0].reason.contains("different episodes"))
    #expect(set.onlyLeft == ["reptile-omniglot-5way-1shot"])
    #expect(set.onlyRight == ["anil-omniglot-5way-1shot"])
  }

  @Test func cellsOfOneNameAreToldApartByTheirConfiguration() {
    let records = ["0.1", "0.4"].map {
      record(
        "maml-omniglot-5way-1shot-r0-0123abcd", [0.5, $0 == "0.1" ? 0.6 : 0.8],
        settings: "\"innerRate\":\($0)")
    }
    let families = ResultFamily.all(records)
    #expect(families.count == 2)
    let set = ComparisonSet(families, families.reversed(), by: .name)
    #expect(set.comparisons.map(\.difference) == [0, 0])
  }
}
