import Foundation
import Judgements
import Testing

struct VerdictTests {
  static let scores = (0..<30).map { 0.5 + 0.4 * sin(Double($0)) }

  private func verdict(
    _ value: Double, _ halfWidth: Double? = nil, episodes: Int? = nil, isAccuracy: Bool = true,
    margin: Double
  ) throws -> Verdict {
    try #require(
      Verdict(
        [Self.scores],
        against: .init(
          value: value, isAccuracy: isAccuracy, halfWidth: halfWidth, resolution: 0.001,
          episodes: episodes),
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
    #expect(try verdict(0.8, margin: 0.05).outcome == .worse)
    #expect(try verdict(0.2, margin: 0.05).outcome == .better)
    // An uncertain figure of a paper makes a verdict less certain.
    #expect(try verdict(0.35, margin: 0.05).outcome == .better)
    #expect(try verdict(0.35, 0.2, margin: 0.05).outcome == .cannotTell)
  }

  @Test func repeatsThatDifferWidenTheInterval() throws {
    let figure = Verdict.Figure(
      value: 0.5, isAccuracy: true, halfWidth: nil, resolution: 0.001, episodes: nil)
    let one = try verdict(0.5, margin: 0.1)
    let repeats = [-0.05, 0, 0.05].map { shift in Self.scores.map { $0 + shift } }
    let several = try #require(Verdict(repeats, against: figure, margin: 0.1))
    #expect(abs(several.difference - one.difference) < 1e-12)
    #expect(several.interval.upperBound > one.interval.upperBound)
    #expect(Verdict([[0.5]], against: figure, margin: 0.1) == nil)
    #expect(Verdict([], against: figure, margin: 0.1) == nil)
  }

  @Test func aHigherLossIsWorse() throws {
    #expect(try verdict(0.2, isAccuracy: false, margin: 0.05).outcome == .worse)
    #expect(try verdict(0.8, isAccuracy: false, margin: 0.05).outcome == .better)
    #expect(try verdict(0.5, isAccuracy: false, margin: 0.12).outcome == .agrees)
  }

  @Test func withoutAnIntervalTheNumberOfEpisodesBoundsIt() throws {
    let exact = try verdict(0.35, margin: 0.05)
    #expect(exact.precision == .rounding)
    // A mean of 0.35 over 20 episodes has a standard error of √(0.35 · 0.65 / 20) = 0.107 at most.
    let bound = try verdict(0.35, episodes: 20, margin: 0.05)
    #expect(bound.precision == .bound)
    #expect(bound.outcome == .cannotTell)
    let own = (exact.interval.upperBound - exact.difference) / 2.0452296421327034
    let total = (own * own + 0.35 * 0.65 / 20).squareRoot()
    let half = bound.interval.upperBound - bound.difference
    // Between normal and Student's t of 29 degrees of freedom.
    #expect(half > 1.959 * total && half < 2.046 * total)
    // The more episodes, the narrower, and never narrower than without any uncertainty.
    let long = try verdict(0.35, episodes: 100_000, margin: 0.05)
    #expect(long.interval.upperBound < bound.interval.upperBound)
    #expect(long.interval.upperBound > exact.interval.upperBound)
    // The paper's own interval is better than a bound.
    #expect(try verdict(0.35, 0.02, episodes: 20, margin: 0.05).precision == .interval)
  }

  @Test func lossesWithoutAnIntervalSpreadAsTheMeasured() throws {
    // Twice the scores against twice the figure: the same in proportion.
    func verdict(_ factor: Double) throws -> Verdict {
      try #require(
        Verdict(
          [Self.scores.map { $0 * factor }],
          against: .init(
            value: 0.4 * factor, isAccuracy: false, halfWidth: nil, resolution: 0, episodes: 30)))
    }
    let one = try verdict(1)
    #expect(one.precision == .spread)
    let mean = Self.scores.reduce(0, +) / 30
    let variance = Self.scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
    let published = variance * 0.4 * 0.4 / (mean * mean)
    let error = ((variance + published) / 30).squareRoot()
    let half = one.interval.upperBound - one.difference
    #expect(half > 1.959 * error && half < 2.046 * error)
    let two = try verdict(2)
    #expect(abs(two.interval.upperBound - 2 * one.interval.upperBound) < 1e-12)
    #expect(two.outcome == one.outcome)
  }

  @Test func theMarginIsAPointOfAccuracyOrATenthOfALoss() {
    func figure(_ value: Double, isAccuracy: Bool) -> Verdict.Figure {
      .init(
        value: value, isAccuracy: isAccuracy, halfWidth: nil, resolution: 0.01, episodes: nil)
    }
    #expect(figure(0.987, isAccuracy: true).margin == 0.01)
    #expect(abs(figure(0.67, isAccuracy: false).margin - 0.067) < 1e-12)
  }
}
