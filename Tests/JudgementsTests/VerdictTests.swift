import Foundation
import Judgements
import Testing

struct VerdictTests {
  static let scores = (0..<30).map { 0.5 + 0.4 * sin(Double($0)) }

  private func verdict(
    _ value: Double, _ halfWidth: Double? = nil, episodes: Int? = nil, margin: Double
  ) throws -> Verdict {
    try #require(
      Verdict(
        [Self.scores],
        against: .init(value: value, halfWidth: halfWidth, resolution: 0.001, episodes: episodes),
        margin: margin))
  }

  @Test func itsIntervalIsThatOfBothFigures() throws {
    let exact = try verdict(0.5, margin: 0.1)
    #expect(abs(exact.interval.lowerBound + 0.08873511695102379) < 1e-12)
    #expect(abs(exact.interval.upperBound - 0.12255063642742028) < 1e-12)
    #expect(abs(exact.p - 0.05926327405024656) < 1e-12)
    let uncertain = try verdict(0.45, 0.02, episodes: 600, margin: 0.1)
    #expect(abs(uncertain.difference - 0.06690775973819824) < 1e-12)
    #expect(abs(uncertain.interval.upperBound - 0.17424078735018034) < 1e-12)
    #expect(abs(uncertain.p - 0.26709616547302273) < 1e-12)
  }

  @Test func everyOutcomeHasItsCase() throws {
    #expect(try verdict(0.5, margin: 0.12).outcome == .agrees)
    #expect(try verdict(0.5, margin: 0.05).outcome == .cannotTell)
    #expect(try verdict(0.8, margin: 0.05).outcome == .below)
    #expect(try verdict(0.2, margin: 0.05).outcome == .above)
    // An uncertain figure of a paper makes a verdict less certain.
    #expect(try verdict(0.35, margin: 0.05).outcome == .above)
    #expect(try verdict(0.35, 0.2, margin: 0.05).outcome == .cannotTell)
  }

  @Test func repeatsThatDifferWidenTheInterval() throws {
    let figure = Verdict.Figure(value: 0.5, halfWidth: nil, resolution: 0.001, episodes: nil)
    let one = try verdict(0.5, margin: 0.1)
    let repeats = [-0.05, 0, 0.05].map { shift in Self.scores.map { $0 + shift } }
    let several = try #require(Verdict(repeats, against: figure, margin: 0.1))
    #expect(abs(several.difference - one.difference) < 1e-12)
    #expect(several.interval.upperBound > one.interval.upperBound)
    #expect(Verdict([[0.5]], against: figure, margin: 0.1) == nil)
    #expect(Verdict([], against: figure, margin: 0.1) == nil)
  }

  @Test func theMarginIsAPointOfAccuracyOrATenthOfALoss() {
    #expect(Verdict.margin(metric: "accuracy", published: 0.987) == 0.01)
    #expect(abs(Verdict.margin(metric: "loss", published: 0.67) - 0.067) < 1e-12)
  }
}
