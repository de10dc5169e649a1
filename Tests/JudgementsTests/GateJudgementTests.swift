import FewShotCells
import Foundation
import Judgements
import Measures
import Randomness
import Results
import Suites
import Testing

struct GateJudgementTests {
  private let gate = Gate(margin: 0.01, confidence: 0.95)

  /// Three cells.
  private func results(
    training: Int, _ change: (inout SampleCell) -> Void = { _ in }
  ) -> [CellRecord] {
    ["fomaml", "maml", "protonet"].flatMap { algorithm in
      var cell = SampleCell(name: "\(algorithm)-omniglot-5way-1shot")
      change(&cell)
      return cell.records(training: training)
    }
  }

  private func verdicts(_ judgement: GateJudgement) -> [GateVerdict] {
    judgement.cells.map(\.verdict)
  }

  @Test func theSameNumbersPassWhateverTheirSpread() {
    let wide = results(training: 0) { $0.rest = 0.4; $0.episodes = 20 }
    let judgement = GateJudgement(baseline: wide, candidate: wide.madeAgain, gate: gate)
    #expect(verdicts(judgement) == [.pass, .pass, .pass])
    #expect(judgement.cells[0].reason == "the same numbers as the baseline.")
    #expect(judgement.cells[0].gain == 0)
    #expect(judgement.notes.isEmpty)
  }

  @Test func resultsThatWereNotComputedAnewDoNotPass() {
    let old = results(training: 0)
    let judgement = GateJudgement(baseline: old, candidate: old, gate: gate)
    #expect(verdicts(judgement) == [.inconclusive, .inconclusive, .inconclusive])
    #expect(judgement.verdict.exitCode == 3)
    #expect(judgement.cells[0].reason.hasPrefix("the same numbers as the baseline, for it is the same"))
    #expect(judgement.cells[0].gain == 0)
    #expect(judgement.notes.contains { $0.hasPrefix("Nothing was computed anew") })

    // One cell that was: the others still are no pass.
    let mixed = GateJudgement(
      baseline: old,
      candidate: old.filter { $0.cell.hasPrefix("maml") }.madeAgain
        + old.filter { !$0.cell.hasPrefix("maml") }, gate: gate)
    #expect(verdicts(mixed) == [.inconclusive, .pass, .inconclusive])
    #expect(mixed.notes.contains { $0.hasPrefix("2 of 3 cells were not computed anew") })
  }

  @Test func repeatsThatWereNotComputedAnewDoNotThinOutALoss() throws {
    // One of three repeats was run again and lost two points; the mean over all lost less than one.
    let old = SampleCell(name: "maml-omniglot-5way-1shot").records(training: 0)
    var new = old
    new[1].test.scores = old[1].test.scores.map { $0 - 0.02 }
    let judgement = GateJudgement(baseline: old, candidate: new, gate: gate) { $0.repetition == 1 }
    #expect(judgement.verdict == .regression)
    #expect(judgement.cells[0].candidateRepeats == 1)
    #expect(judgement.notes.contains { $0.contains("only 1 of 3 repeats were computed anew") })
  }

  @Test func whatIsNoNumberIsTheSameAsItself() {
    let old = results(training: 0).map { old in
      var new = old
      new.validation = [ValidationRecord(iteration: 1, scores: [.nan, 0.5])]
      new.test = TestOutcomes(
        scores: old.test.scores, steps: 0, digests: old.test.digests,
        diagnostics: [
          TestDiagnostic(name: "similarity", values: old.test.scores.map { _ in .nan }, steps: 0)
        ])
      return new
    }
    let judgement = GateJudgement(baseline: old, candidate: old.madeAgain, gate: gate)
    #expect(verdicts(judgement) == [.pass, .pass, .pass])
    #expect(judgement.cells[0].reason == "the same numbers as the baseline.")
  }

  @Test func repeatsThatDivergedInTheBaselineAreNamedAndCompareWithNothing() {
    var old = SampleCell(name: "maml-omniglot-5way-1shot").records(training: 0)
    var new = old.madeAgain
    old[2].status = .diverged("the training loss is nan")
    // What diverged is done now, and poor: that is no loss.
    new[2].test.scores = new[2].test.scores.map { $0 - 0.3 }
    let judgement = GateJudgement(baseline: old, candidate: new, gate: gate)
    #expect(judgement.verdict == .pass)
    #expect(judgement.cells[0].candidateRepeats == 2)
    #expect(
      judgement.notes.contains {
        $0.contains("2 of 3 repeats came to a score in the baseline, 1 diverged")
      })
  }

  @Test func anotherTrainingOfTheSameProgramPasses() {
    let judgement = GateJudgement(
      baseline: results(training: 0), candidate: results(training: 1), gate: gate)
    #expect(verdicts(judgement) == [.pass, .pass, .pass])
    #expect(judgement.verdict.exitCode == 0)
  }

  @Test func aCellThatLostTwoPointsIsNamed() {
    let judgement = GateJudgement(
      baseline: results(training: 0),
      candidate: results(training: 1) { if $0.name.hasPrefix("maml") { $0.mean -= 0.02 } },
      gate: gate)
    #expect(verdicts(judgement) == [.pass, .regression, .pass])
    #expect(judgement.verdict == .regression && judgement.verdict.exitCode == 1)
    #expect(judgement.cells[1].name == "maml-omniglot-5way-1shot")
    #expect(judgement.cells[1].reason.contains("worse by more than the margin of 1 point"))
  }

  @Test func whereTrainingWentTheSameWayItsSpreadHidesNothing() {
    // Trainings differ by three points; a test that loses two is caught all the same.
    let old = results(training: 0) { $0.trainingSpread = 0.03 }
    let new = old.map { old in
      var new = old
      new.test.scores = old.test.scores.enumerated().map { $1 - ($0 % 2 == 0 ? 0.015 : 0.025) }
      return new
    }
    let judgement = GateJudgement(baseline: old, candidate: new, gate: gate)
    #expect(verdicts(judgement) == [.regression, .regression, .regression])
    let one = GateJudgement(
      baseline: old, candidate: new.filter { $0.repetition == 1 }, gate: gate
    ) { $0.repetition == 1 }
    #expect(verdicts(one) == [.regression, .regression, .regression])
    #expect(one.cells[0].baselineRepeats == 1 && one.notes.isEmpty)
  }

  @Test func ofLossesMoreIsWorse() {
    let losses = { (shift: Double) in
      results(training: 0).map { old in
        var new = old
        new.metric = .loss
        new.test.arrays[0] = OutcomeArray(
          .loss, axes: new.test.arrays[0].axes, values: new.test.arrays[0].values)
        new.test.scores = old.test.scores.map { $0 + shift }
        return new
      }
    }
    let worse = GateJudgement(baseline: losses(0), candidate: losses(0.02), gate: gate)
    #expect(verdicts(worse) == [.regression, .regression, .regression])
    #expect(abs(worse.cells[0].gain! + 0.02) < 1e-9)
    #expect(worse.cells[0].candidate! > worse.cells[0].baseline!)
    let better = GateJudgement(baseline: losses(0.02), candidate: losses(0), gate: gate)
    #expect(verdicts(better) == [.pass, .pass, .pass])
  }

  @Test func tooLittlePowerSaysWhatIsNeeded() throws {
    let few = results(training: 1) { $0.episodes = 20 }
    let judgement = GateJudgement(baseline: results(training: 0), candidate: few, gate: gate)
    #expect(judgement.verdict == .inconclusive && judgement.verdict.exitCode == 3)
    let cell = judgement.cells[0]
    #expect(cell.episodes == 20)
    #expect(cell.reason.contains("on 20 of 600 episodes"))
    let needed = try #require(cell.needed?.episodes)
    // The rule for faults that few episodes do not meet: ln(0.05 / 3) / ln(0.99).
    #expect(needed >= 408 && needed < 5000)
    #expect(cell.reason.contains("\(cell.needed!.text) would decide"))
  }

  @Test func theNeededEpisodesDecideInFourOfFiveCases() throws {
    var cell = SampleCell(rest: 0.1, repeats: 1, episodes: 100)
    let first = GateJudgement(
      baseline: cell.records(training: 0), candidate: cell.records(training: 1), gate: gate)
    cell.episodes = try #require(first.cells[0].needed?.episodes)
    let passed = (0..<100).count { run in
      GateJudgement(
        baseline: cell.records(tasks: run, training: 2 * run),
        candidate: cell.records(tasks: run, training: 2 * run + 1), gate: gate
      ).verdict == .pass
    }
    print("needed \(cell.episodes) episodes; with them \(passed) of 100 pass")
    #expect(passed >= 70)
  }

  @Test func whereTrainingsDifferMoreRepeatsAreNeeded() throws {
    let cell = SampleCell(trainingSpread: 0.03, repeats: 2)
    let judgement = GateJudgement(
      baseline: cell.records(training: 0), candidate: cell.records(training: 1), gate: gate)
    let need = try #require(judgement.cells[0].needed)
    #expect(need.episodes == nil)
    #expect(try #require(need.repeats) > 10)
    #expect(need.text.contains("repeats of each side"))
  }

  @Test func whatIsMissingOrMeasuredOtherwiseIsInvalid() {
    let old = results(training: 0)
    func judged(_ new: [CellRecord]) -> GateJudgement {
      GateJudgement(baseline: old, candidate: new, gate: gate)
    }
    let missing = judged(
      old.filter { $0.cell != "maml-omniglot-5way-1shot-r1-0123abcd" }.madeAgain)
    #expect(verdicts(missing) == [.pass, .invalid, .pass])
    #expect(missing.verdict == .invalid && missing.verdict.exitCode == 4)
    #expect(missing.cells[1].reason.contains("maml-omniglot-5way-1shot-r1-0123abcd"))

    var other = old
    other[0].test.digests[3] = 99
    #expect(judged(other).cells[0].reason.contains("different episodes"))
    #expect(judged(other).verdict == .invalid)

    other = old
    other[0].configuration = #"{"repeat":0,"settings":{},"version":2}"#
    #expect(judged(other).verdict == .invalid)
    #expect(GateJudgement(baseline: [], candidate: old, gate: gate).verdict == .invalid)
  }

  @Test func aCellThatFailsWhereTheBaselineDidNotIsARegression() {
    let old = results(training: 0)
    var new = old.madeAgain
    new[0].status = .diverged("the training loss is nan at iteration 3")
    let judgement = GateJudgement(baseline: old, candidate: new, gate: gate)
    #expect(verdicts(judgement) == [.regression, .pass, .pass])
    #expect(judgement.cells[0].reason.contains("the training loss is nan"))
  }

  @Test func oneOfTheRepeatsWillDoIfOnlyThatIsExpected() {
    let old = results(training: 0) { $0.trainingSpread = 0.002 }
    let new = results(training: 1) { $0.trainingSpread = 0.002 }.filter { $0.repetition == 0 }
    let judgement = GateJudgement(
      baseline: old, candidate: new, gate: Gate(margin: 0.05, confidence: 0.95)
    ) { $0.repetition == 0 }
    #expect(judgement.cells.map(\.baselineRepeats) == [3, 3, 3])
    #expect(judgement.cells.map(\.candidateRepeats) == [1, 1, 1])
    #expect(judgement.verdict == .pass)
    // The baseline's repeats tell how far trainings differ: nothing has to be said of that.
    #expect(judgement.notes.isEmpty)
  }

  @Test func singleRepeatsAreSaidToCoverEpisodesOnly() {
    let one = { results(training: $0) { $0.repeats = 1 } }
    let plain = GateJudgement(baseline: one(0), candidate: one(1), gate: gate)
    #expect(plain.notes.contains { $0.contains("cover the choice of test episodes only") })
    let stated = GateJudgement(
      baseline: one(0), candidate: one(1),
      gate: Gate(margin: 0.01, confidence: 0.95, trainingDeviation: 0.004))
    #expect(stated.notes.contains { $0.contains("the gate states: 0.4 points") })
    #expect(stated.cells[0].halfWidth! > plain.cells[0].halfWidth!)
  }

  @Test func otherSettingsAreToldAndCellsThatAreNewAreNotJudged() {
    var new = results(training: 0)
    for index in new.indices {
      new[index].configuration = #"{"repeat":0,"settings":{"innerRate":0.1},"version":1}"#
    }
    new.append(record("reptile-omniglot-5way-1shot-r0-0123abcd", [0.5, 0.5]))
    let judgement = GateJudgement(baseline: results(training: 0), candidate: new, gate: gate)
    #expect(judgement.cells[0].changes == ["settings.innerRate none → 0.1"])
    #expect(judgement.notes.contains { $0.contains("reptile-omniglot-5way-1shot") })
  }

  @Test func secondsAndMemoryAreJudgedByTheirMedians() {
    func cell(_ seconds: [Double], memory: Int? = 100, cpu: String = "A") -> [CellRecord] {
      (0..<3).map {
        record(
          "maml-omniglot-5way-1shot-r\($0)-0123abcd", [0.5, 0.6], repetition: $0, seconds: seconds,
          peakMemory: memory, cpu: cpu)
      }
    }
    let limits = Gate(margin: 0.01, confidence: 0.95, trainSeconds: 1.5, peakMemory: 1.2)
    func judged(_ new: [CellRecord]) -> GateCell {
      GateJudgement(baseline: cell([1, 2, 3, 4, 5]), candidate: new, gate: limits).cells[0]
    }
    // One of the five stretches took long: the machine was busy.
    #expect(judged(cell([1, 2, 9, 10, 11])).verdict == .pass)
    let slow = judged(cell([2, 4, 6, 8, 10]))
    #expect(slow.verdict == .regression)
    #expect(slow.reason == "training seconds: 2.00 times the baseline's, more than 1.5.")
    let large = judged(cell([1, 2, 3, 4, 5], memory: 130))
    #expect(large.reason == "peak memory: 1.30 times the baseline's, more than 1.2.")
    #expect(judged(cell([1, 2, 3, 4, 5], memory: nil)).verdict == .inconclusive)
    let elsewhere = judged(cell([1, 2, 3, 4, 5], cpu: "B"))
    #expect(elsewhere.verdict == .inconclusive)
    #expect(elsewhere.reason.contains("another CPU"))
  }

  @Test func unchangedProgramsRaiseNoMoreFalseAlarmsThanStated() {
    // Ten cells, trainings that differ as much as the episodes do, and no margin to hide behind.
    let strict = Gate(margin: 0, confidence: 0.95)
    let cells = (0..<10).map {
      SampleCell(
        name: "algorithm\($0)-omniglot-5way-1shot", trainingSpread: 0.005, rest: 0.05, episodes: 60)
    }
    let runs = 250
    let alarms = (0..<runs).count { run in
      func results(_ training: Int) -> [CellRecord] {
        cells.flatMap { $0.records(tasks: run, training: training) }
      }
      return GateJudgement(
        baseline: results(2 * run), candidate: results(2 * run + 1), gate: strict
      ).verdict == .regression
    }
    print("false alarms of unchanged programs: \(alarms) of \(runs) gates over ten cells each")
    #expect(Double(alarms) / Double(runs) <= 0.05 + 2 * (0.05 * 0.95 / Double(runs)).squareRoot())
  }

  @Test func aLossOfTheMarginPassesNoOftenerThanStated() {
    let cell = SampleCell(trainingSpread: 0.003, episodes: 300)
    var worse = cell
    worse.mean -= gate.margin
    let runs = 500
    let passes = (0..<runs).count { run in
      GateJudgement(
        baseline: cell.records(tasks: run, training: 2 * run),
        candidate: worse.records(tasks: run, training: 2 * run + 1), gate: gate
      ).verdict == .pass
    }
    print("passes of a loss as large as the margin: \(passes) of \(runs)")
    #expect(Double(passes) / Double(runs) <= 0.05 + 2 * (0.05 * 0.95 / Double(runs)).squareRoot())
  }
}
