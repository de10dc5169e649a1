import FewShotCells
import Judgements
import Measures
import Results
import Suites
import Testing

/// Quantities besides scores, and everything that keeps a claim from being decided.
struct ClaimQuantityTests {
  private func outcome(
    _ claim: String, repeats: Int = 1, learner: String = "maml", _ make: (Cell) -> CellRecord?
  ) throws -> ClaimDecision {
    let suite = try claimsSuite("- { id: C, says: it, \(claim) }", repeats: repeats, learner: learner)
    return ClaimDecision.all(of: suite, records: suite.cells.compactMap(make))[0]
  }

  private func reason(
    _ claim: String, repeats: Int = 1, learner: String = "maml", _ make: (Cell) -> CellRecord?
  ) throws -> String {
    let decision = try outcome(claim, repeats: repeats, learner: learner, make)
    guard case .notDecided(let reason) = decision.outcome else { return "\(decision.outcome)" }
    #expect(decision.measurement == nil && decision.retrained == nil)
    return reason
  }

  // MARK: Diagnostics

  static let supportAccuracy =
    "quantity: support-accuracy, left: { algorithm: maml, steps: 0 }, between: [0.4, 0.6], "
    + "where: { shot: 1 }"

  @Test func aDiagnosticTakesThePlaceOfTheScore() throws {
    let decision = try outcome(Self.supportAccuracy) { cell in
      let values = (0..<30).flatMap { episode -> [Double] in
        [episode.isMultiple(of: 2) ? 0.45 : 0.55, 1]
      }
      return record(
        of: cell, [Double](repeating: 0.9, count: 30),
        diagnostics: [TestDiagnostic(name: "support-accuracy", values: values, steps: 1)])
    }
    #expect(decision.outcome == .holds && decision.metric == .recorded("support-accuracy"))
    #expect(abs(try #require(decision.measurement).value - 0.5) < 1e-12)
  }

  /// Meta-SGD recorded a `rate-spread` once. The suites of that time are still read, and results of that
  /// time are asked; newer ones have none.
  @Test func aDiagnosticThatIsRecordedNoMoreIsThatOfOlderResults() throws {
    let claim = "quantity: rate-spread, left: { algorithm: meta-sgd }, atLeast: 100, where: { shot: 1 }"
    let decision = try outcome(claim, learner: "meta-sgd") { cell in
      record(
        of: cell, [0.5, 0.6, 0.7],
        diagnostics: [TestDiagnostic(name: "rate-spread", values: [200, 200, 200], steps: 0)])
    }
    #expect(decision.outcome == .holds)
    let newer = try reason(claim, learner: "meta-sgd") { record(of: $0, [0.5, 0.6]) }
    #expect(newer.contains("did not record 'rate-spread'"))
  }

  @Test func aResultWithoutTheDiagnosticSaysSo() throws {
    let reason = try reason(Self.supportAccuracy) { record(of: $0, [0.5, 0.6]) }
    #expect(reason.contains("did not record 'support-accuracy'"))
  }

  @Test(arguments: [Double.infinity, .nan])
  func aDiagnosticThatIsNotFiniteIsTheReason(_ value: Double) throws {
    let values = [1, 0.5, value, 0.5, value, 0.5]
    func reason(after steps: Int) throws -> String {
      try self.reason(
        "quantity: support-accuracy, left: { algorithm: maml, steps: \(steps) }, atLeast: 0, "
          + "where: { shot: 1 }"
      ) { cell in
        record(
          of: cell, [0.5, 0.6, 0.7],
          diagnostics: [TestDiagnostic(name: "support-accuracy", values: values, steps: 1)])
      }
    }
    #expect(try reason(after: 0).contains("': 'support-accuracy' is not finite in 2 of 3 episodes"))
    // What is not compared does not matter.
    #expect(try reason(after: 1) == "holds")
  }

  // MARK: Seconds

  static let seconds =
    "quantity: train-seconds, left: { algorithm: fomaml }, over: { algorithm: maml }, atMost: 0.8, "
    + "where: { shot: 1 }"

  @Test func secondsOfTrainingAreComparedOverRepeats() throws {
    let times = ["fomaml": [10, 11, 10.5], "maml": [15, 15.5, 14.2]]
    let decision = try outcome(Self.seconds, repeats: 3) { cell in
      record(of: cell, [0.5, 0.6], seconds: times[cell.algorithm]?[cell.repetition])
    }
    let measurement = try #require(decision.measurement)
    #expect(measurement.unit == .repeats && measurement.counts == [3, 3])
    #expect(abs(measurement.value - 0.7046979865771812) < 1e-12)
    #expect(abs(measurement.interval.lowerBound - 0.6345453436073322) < 1e-12)
    #expect(abs(measurement.interval.upperBound - 0.7819347249939983) < 1e-12)
    #expect(decision.outcome == .holds && measurement.method == .ratio)
  }

  @Test func secondsThatCannotBeComparedAreNot() throws {
    #expect(
      try reason(Self.seconds) { record(of: $0, [0.5, 0.6], seconds: 3) }
        .contains("is a single repeat"))
    #expect(
      try reason(Self.seconds, repeats: 2) { record(of: $0, [0.5, 0.6]) }
        .contains("nothing is trained in 'fomaml-"))
    #expect(
      try reason(Self.seconds, repeats: 2) { cell in
        record(of: cell, [0.5, 0.6], seconds: 3, cpu: cell.algorithm)
      }.contains("on other CPUs or numbers of threads"))
  }

  // MARK: What is missing

  static let difference =
    "left: { algorithm: maml }, minus: { algorithm: fomaml }, atLeast: 0, where: { shot: 1 }"

  @Test func missingAndFailedCellsAreTheReason() throws {
    let scores = [0.5, 0.6]
    #expect(
      try reason(Self.difference) { $0.algorithm == "maml" ? record(of: $0, scores) : nil }
        .hasSuffix(": not run."))
    #expect(
      try reason(Self.difference) { cell in
        cell.algorithm == "maml"
          ? record(of: cell, scores) : record(of: cell, [], status: .diverged("inf"))
      }.hasSuffix(": 1 diverged."))
    let partly = try outcome(Self.difference, repeats: 2) { cell in
      cell.algorithm == "maml" && cell.repetition == 1 ? nil : record(of: cell, scores)
    }
    #expect(partly.notes.count == 1 && partly.notes[0].hasSuffix("1 of 2 repeats are done."))
    #expect(partly.measurement != nil)
  }

  @Test func unlikeEpisodesAndStepsAreTheReason() throws {
    #expect(
      try reason(Self.difference) { cell in
        record(of: cell, [0.5, 0.6], digests: cell.algorithm == "maml" ? [1, 2] : [1, 3])
      }.contains("on different episodes"))
    #expect(
      try reason("left: { algorithm: maml, steps: 3 }, atLeast: 0, where: { shot: 1 }") {
        record(of: $0, [0.5, 0.6])
      }.contains("was not tested after 3 steps"))
    #expect(try reason(Self.difference) { record(of: $0, [0.5]) }.contains("single episode"))
  }

  @Test func aDenominatorThatMayBeZeroGivesNoRatio() throws {
    let claim = "left: { algorithm: maml }, over: { algorithm: fomaml }, atMost: 1, "
      + "where: { shot: 1 }"
    let reason = try reason(claim) { cell in
      record(of: cell, cell.algorithm == "maml" ? [0.5, 0.6, 0.7] : [0, 0, 0.1])
    }
    #expect(reason.contains("cannot be told from zero"))
  }

  @Test func aSuiteWithoutClaimsHasNoDecisions() throws {
    let suite = try claimsSuite("  []")
    #expect(ClaimDecision.all(of: suite, records: []).isEmpty)
  }
}
