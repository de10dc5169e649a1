import FewShotCells
import Foundation
import Judgements
import Measures
import Results
import Statistics
import Suites
import Testing

struct ClaimDecisionTests {
  /// Scores that scipy was given too.
  static let a = (0..<30).map { 0.5 + 0.4 * sin(Double($0)) }
  static let b = (0..<30).map { 0.9 + 0.05 * cos(2 * Double($0)) }
  static let c = (0..<20).map { 0.7 + 0.1 * sin(3 * Double($0)) }
  static let d = (0..<20).map { 0.6 + 0.2 * cos(5 * Double($0)) }

  /// The decisions where 1-shot `maml` scores `a`, `fomaml` `b`, and with 5 shots `c` and `d`.
  private func decisions(_ claims: String) throws -> [ClaimDecision] {
    let suite = try claimsSuite(claims)
    return ClaimDecision.all(
      of: suite,
      records: suite.cells.compactMap { cell in
        switch (cell.algorithm, cell.shot, cell.isRegression) {
        case ("maml", 1, _): record(of: cell, Self.a)
        case ("fomaml", 1, _): record(of: cell, Self.b)
        case ("maml", 5, false): record(of: cell, Self.c)
        case ("fomaml", 5, _): record(of: cell, Self.d)
        default: nil
        }
      })
  }

  private func decision(_ claim: String) throws -> ClaimDecision {
    let all = try decisions("- { id: C, says: it, \(claim) }")
    #expect(all.count == 1)
    return all[0]
  }

  private func expect(
    _ decision: ClaimDecision, _ value: Double, _ lower: Double, _ upper: Double,
    _ method: ClaimMeasurement.Method
  ) throws {
    let measurement = try #require(decision.measurement, "\(decision.outcome)")
    #expect(abs(measurement.value - value) < 1e-12)
    #expect(abs(measurement.interval.lowerBound - lower) < 1e-12)
    #expect(abs(measurement.interval.upperBound - upper) < 1e-12)
    #expect(measurement.method == method)
  }

  static let mamlMinusFomaml =
    "left: { algorithm: maml }, minus: { algorithm: fomaml }, where: { shot: 1 }"

  @Test func aDifferenceOnSharedEpisodesIsDecidedByThePairedInterval() throws {
    let decision = try decision("\(Self.mamlMinusFomaml), atMost: -0.2")
    try expect(decision, -0.3845561538712576, -0.49182686571869066, -0.2772854420238245, .paired)
    #expect(decision.outcome == .holds)
    #expect(decision.subject == "maml − fomaml, gaussians 2-way 1-shot")
    #expect(decision.metric == .accuracy && decision.measurement?.counts == [30])
    // One repeat tells nothing of training anew.
    #expect(decision.retrained == nil)
  }

  @Test func aClaimFailsOnlyIfTheWholeIntervalDoes() throws {
    #expect(try decision("\(Self.mamlMinusFomaml), atLeast: -0.2").outcome == .fails)
    #expect(try decision("\(Self.mamlMinusFomaml), between: [-0.2, 0.2]").outcome == .fails)
    #expect(try decision("\(Self.mamlMinusFomaml), between: [-0.5, -0.2]").outcome == .holds)
    // Above the upper bound and near it: only that bound has to be cleared.
    #expect(try decision("\(Self.mamlMinusFomaml), between: [-0.5, -0.42]").outcome
      == .undecided(needed: 255))
  }

  @Test func anUndecidedClaimSaysHowManyEpisodesWouldDecideIt() throws {
    #expect(
      try decision("\(Self.mamlMinusFomaml), atLeast: -0.42").outcome == .undecided(needed: 255))
    // Both bounds must be cleared: the nearer one asks for more.
    #expect(try decision("\(Self.mamlMinusFomaml), between: [-0.42, 0]").outcome
      == .undecided(needed: 255))
    // So near that no number of episodes will do.
    let near = try decision("\(Self.mamlMinusFomaml), atLeast: -0.384556")
    #expect(near.outcome == .undecided(needed: nil))
  }

  @Test func cellsWithEpisodesOfTheirOwnAreComparedByWelch() throws {
    let decision = try decision(
      "left: { algorithm: maml, shot: 1 }, minus: { algorithm: maml, shot: 5 }, atMost: 0, "
        + "where: { dataset: gaussians }")
    try expect(decision, -0.18420040447085895, -0.29458910436006913, -0.07381170458164875, .welch)
    #expect(decision.outcome == .holds)
    #expect(decision.subject == "maml 1-shot − maml 5-shot, gaussians 2-way")
    #expect(decision.measurement?.counts == [30, 20])
  }

  @Test func aRatioIsDecidedByFiellersInterval() throws {
    let decision = try decision(
      "left: { algorithm: maml }, over: { algorithm: fomaml }, atMost: 0.65, where: { shot: 1 }")
    try expect(decision, 0.5734092645688975, 0.4556262134212246, 0.6916517453400669, .pairedRatio)
    guard case .undecided(let needed?) = decision.outcome else {
      Issue.record("\(decision.outcome)")
      return
    }
    #expect(needed > 30 && needed < 100)
    #expect(decision.compared == "maml / fomaml")
  }

  @Test func aChangeIsTheDifferenceOfDifferences() throws {
    let decision = try decision(
      "left: { algorithm: maml }, minus: { algorithm: fomaml }, from: { shot: 5 }, "
        + "to: { shot: 1 }, atMost: -0.3, where: { dataset: gaussians }")
    try expect(decision, -0.4815866853532075, -0.6101077119075986, -0.35306565879881635, .welch)
    #expect(decision.outcome == .holds && decision.measurement?.kind == .change)
    #expect(
      decision.subject == "change of maml − fomaml from 5-shot to 1-shot, gaussians 2-way")
  }

  @Test func aChangeOfASettingIsNamedAndCrossesNoOther() throws {
    let suite = try Suite(
      yaml: """
        suite: sample
        version: 1
        seed: 1
        grid:
          algorithm: [{ name: maml, innerRate: [0.1, 0.4] }, { name: fomaml, innerRate: [0.1, 0.4] }]
          dataset: gaussians
          way: 2
          shot: 1
        protocol:
          train: { iterations: 10, metaBatch: 2, query: 2 }
          test: { episodes: 30, query: 2 }
        override:
          - { when: { dataset: gaussians }, set: { network: no-conv } }
        claims:
          - id: C
            says: it
            left: { algorithm: maml }
            minus: { algorithm: fomaml }
            from: { innerRate: 0.1 }
            to: { innerRate: 0.4 }
            atMost: 0
        """, file: "sample.yaml")
    let scores = [Self.a, Self.a.map { $0 / 2 }, Self.b, Self.b.map { $0 / 2 }]
    let records = zip([suite.cells[0], suite.cells[2], suite.cells[1], suite.cells[3]], scores).map {
      record(of: $0, $1)
    }
    let all = ClaimDecision.all(of: suite, records: records)
    #expect(
      all.map(\.subject)
        == ["change of maml − fomaml from innerRate 0.1 to innerRate 0.4, gaussians 2-way 1-shot"])
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    let expected = (mean(Self.b) - mean(Self.b) / 2) - (mean(Self.a) - mean(Self.a) / 2)
    #expect(abs((all[0].measurement?.value ?? .nan) - expected) < 1e-12)
  }

  @Test func aSideAloneIsTakenAsItIs() throws {
    let decision = try decision("left: { algorithm: fomaml }, atLeast: 0.8, where: { shot: 1 }")
    let interval = try #require(Interval(of: Self.b, over: .episodes))
    try expect(decision, interval.mean, interval.lower, interval.upper, .student)
    #expect(decision.outcome == .holds)
  }

  @Test func aSideThatMatchesSeveralCellsIsDecidedForEachPair() throws {
    let all = try decisions(
      "- { id: C, says: it, left: { algorithm: maml }, minus: { algorithm: fomaml }, atMost: -0.2, "
        + "where: { dataset: gaussians } }")
    #expect(all.map(\.task) == ["gaussians 2-way 1-shot", "gaussians 2-way 5-shot"])
    #expect(all.map(\.outcome) == [.holds, .fails])
  }

  @Test func adaptationStepsOfOneCellAreCompared() throws {
    let suite = try claimsSuite(
      "- { id: C, says: it, left: { algorithm: maml, steps: 0 }, "
        + "minus: { algorithm: maml, steps: 1 }, atLeast: 0, where: { dataset: sinusoid } }")
    let cell = try #require(suite.cells.first { $0.isRegression })
    let scores = zip(Self.b, Self.a).flatMap { [$0, $1] }
    let decision = ClaimDecision.all(of: suite, records: [record(of: cell, scores, steps: 1)])[0]
    try expect(decision, 0.3845561538712576, 0.2772854420238245, 0.49182686571869066, .paired)
    #expect(decision.subject == "maml after 0 steps − maml after 1 step, sinusoid K = 5")
    #expect(decision.metric == .loss)
  }

  @Test func aClaimOverSurvivorsIsNotDecided() throws {
    let suite = try claimsSuite(
      "- { id: C, says: it, left: { algorithm: maml }, atLeast: 0.1, where: { shot: 1 } }",
      repeats: 8)
    let records = suite.cells.filter { $0.shot == 1 && $0.algorithm == "maml" }.map { cell in
      record(of: cell, Self.a, status: cell.repetition == 0 ? .done : .diverged("nan"))
    }
    let decision = ClaimDecision.all(of: suite, records: records)[0]
    let first = try #require(suite.cells.first { $0.shot == 1 && $0.algorithm == "maml" }).id
    #expect(
      decision.outcome
        == .notDecided(
          reason: "\(JudgementsError.survivors(first, done: 1, of: 8, casualties: "7 diverged"))"))
    #expect("\(decision.outcome)".contains("1 of 8 repeats came to a score, 7 diverged"))
    // Repeats that were not run yet are no casualties.
    let some = ClaimDecision.all(of: suite, records: Array(records.prefix(1)))[0]
    #expect(some.outcome == .holds && some.notes.count == 1)
  }

  @Test func scoresThatAreAllEqualAreNotCertain() throws {
    let suite = try claimsSuite(
      """
      - { id: C1, says: it, left: { algorithm: maml }, atLeast: 0.995, where: { shot: 1 } }
      - { id: C2, says: it, left: { algorithm: maml }, between: [0.98, 1], where: { shot: 1 } }
      - { id: C3, says: it, left: { algorithm: maml }, minus: { algorithm: fomaml }, atLeast: -0.001,
          where: { shot: 1 } }
      """)
    let perfect = [Double](repeating: 1, count: 600)
    let records = suite.cells.filter { $0.shot == 1 && $0.algorithm != "nearest-neighbor" }.map {
      record(of: $0, perfect)
    }
    let decisions = ClaimDecision.all(of: suite, records: records)
    let alone = try #require(decisions[0].measurement)
    // Markov's bound, and no accuracy above 1.
    #expect(abs(alone.interval.lowerBound - 0.9938707286693308) < 1e-12)
    #expect(alone.interval.upperBound == 1 && alone.isWidened)
    guard case .undecided = decisions[0].outcome else {
      Issue.record("\(decisions[0].outcome)")
      return
    }
    #expect(decisions[1].outcome == .holds)
    // No difference on 600 episodes is not none at all.
    let difference = try #require(decisions[2].measurement)
    #expect(difference.value == 0 && difference.interval.lowerBound < -0.005)
    #expect(decisions[2].outcome.name == "undecided")
  }

  @Test func repeatsAreAveragedAndTrainingAnewIsCountedApart() throws {
    let suite = try claimsSuite(
      "- { id: C, says: it, left: { algorithm: [maml, nearest-neighbor] }, atLeast: 0.49, "
        + "where: { shot: 1 } }", repeats: 2)
    let records = suite.cells.filter { $0.shot == 1 && $0.algorithm != "fomaml" }.map { cell in
      record(of: cell, Self.a.map { $0 + (cell.repetition == 0 ? 0.1 : 0.3) })
    }
    let decisions = ClaimDecision.all(of: suite, records: records)
    let design = try #require(
      CrossedDesign([
        .init([0.1, 0.3].map { shift in Self.a.map { $0 + shift } }, repeats: .drawn(0, kind: 0))
      ]))
    let measurement = try #require(decisions[0].measurement)
    #expect(abs(measurement.interval.lowerBound - design.overUnits.interval().lowerBound) < 1e-12)
    // The repeats differ by 0.2, so that the variance of their mean is 0.01, and t has one degree of freedom.
    let episodes = design.overUnits.halfWidth()
    let half = (episodes * episodes + 12.706204736174694 * 12.706204736174694 * 0.01).squareRoot()
    #expect(abs(try #require(measurement.retrained).lowerBound - max(0, measurement.value - half)) < 1e-9)
    #expect(measurement.variesBy == .training)
    #expect(decisions[0].outcome == .holds && decisions[0].isOfTheseTrainingsOnly)
    guard case .undecided = decisions[0].retrained else {
      Issue.record("\(String(describing: decisions[0].retrained))")
      return
    }
    // Neighbours in pixels are not trained.
    #expect(decisions[1].measurement?.retrained == nil && decisions[1].measurement?.repeats == [])
  }
}
