import Statistics
import Testing

@Suite struct IntervalTests {
  @Test func agreesWithScipyOnSixHundredAccuracies() throws {
    let interval = try #require(Interval.overEpisodes([Reference.accuracies]))
    #expect(interval.count == 600)
    #expect(abs(interval.mean - 0.8719072073908463) < 1e-14)
    #expect(abs(try #require(interval.halfWidth) - 0.005377285499361002) < 1e-13)
    #expect(interval.method == "Student t over episodes")
    #expect(interval.lower < interval.mean && interval.mean < interval.upper)
  }

  @Test func normalIntervalAgreesWithScipy() throws {
    let interval = try #require(Interval.normal(of: Reference.accuracies, over: .episodes))
    #expect(abs(try #require(interval.halfWidth) / 0.005366420312613698 - 1) < 1e-13)
    #expect(interval.mean == Interval.overEpisodes([Reference.accuracies])?.mean)
    #expect(interval.method == "normal over episodes")
    #expect(Interval.normal(of: [], over: .episodes) == nil)
    #expect(Interval.normal(of: [1], over: .repeats)?.halfWidth == nil)
  }

  static let skewed = [Double](repeating: 1, count: 30)
    + [Double](repeating: 74.0 / 75, count: 5) + [0.96, 0.92, 0.8]

  /// Ends: means of many runs of scipy.stats.bootstrap, and what those runs vary by.
  @Test(arguments: [
    (Reference.accuracies, 0.86642844, 0.87714462, 9e-5), (skewed, 0.96837926, 0.99675419, 8e-4),
  ])
  func bootstrapAgreesWithScipys(
    _ values: [Double], _ lower: Double, _ upper: Double, _ deviation: Double
  ) throws {
    var generator = TestGenerator(seed: 4)
    let interval = try #require(
      Interval.bcaBootstrap(of: values, over: .episodes) { generator.bits() })
    #expect(abs(interval.lower - lower) < 4 * deviation, "\(interval.lower)")
    #expect(abs(interval.upper - upper) < 4 * deviation, "\(interval.upper)")
    #expect(interval.method == "BCa bootstrap over episodes")
  }

  @Test func bootstrapDependsOnItsBitsOnly() throws {
    func interval(seed: UInt64) -> Interval? {
      var generator = TestGenerator(seed: seed)
      return .bcaBootstrap(of: Self.skewed, over: .episodes, resamples: 200) { generator.bits() }
    }
    #expect(interval(seed: 1) == interval(seed: 1))
    #expect(interval(seed: 1) != interval(seed: 2))
    let equal = try #require(Interval.bcaBootstrap(of: [0.5, 0.5], over: .episodes) { 0 })
    #expect(equal.lower == 0.5 && equal.upper == 0.5)
    #expect(Interval.bcaBootstrap(of: [], over: .episodes) { 0 } == nil)
  }

  @Test func transformedIntervalAgreesWithNumpy() throws {
    let interval = try #require(Interval.bounded(of: Reference.accuracies, over: .episodes))
    #expect(abs(interval.lower - 0.8663975925175041) < 1e-12)
    #expect(abs(interval.upper - 0.8771613158089162) < 1e-12)
    let skewed = try #require(Interval.bounded(of: Self.skewed, over: .episodes))
    #expect(abs(skewed.lower - 0.9480793607867152) < 1e-12)
    #expect(abs(skewed.upper - 0.9975892140242131) < 1e-12)
    let few = try #require(Interval.bounded(of: [0.2, 0.4, 0.9, 0.5], over: .episodes))
    #expect(abs(few.lower - 0.1291951482728585) < 1e-12 && few.upper == 1)
    #expect(few.method == "Student t transformed for skewness (Hall) over episodes")
    #expect(try #require(few.halfWidth) == (few.upper - few.lower) / 2)
  }

  @Test func transformedIntervalMirrorsWithTheScores() throws {
    let forth = try #require(Interval.bounded(of: Self.skewed, over: .episodes))
    let back = try #require(Interval.bounded(of: Self.skewed.map { 1 - $0 }, over: .episodes))
    #expect(abs(forth.lower + back.upper - 1) < 1e-14)
    #expect(abs(forth.upper + back.lower - 1) < 1e-14)
    let even = [0.25, 0.5, 0.75]
    let plain = try #require(Interval(of: even, over: .episodes))
    let transformed = try #require(Interval.transformed(of: even, over: .episodes))
    #expect(abs(transformed.lower - plain.lower) < 1e-14)
  }

  @Test func equalScoresHaveTheExactBoundAndNoZeroWidth() throws {
    let perfect = try #require(
      Interval.bounded(of: [Double](repeating: 1, count: 600), over: .episodes))
    #expect(perfect.upper == 1 && abs(perfect.lower - 0.9938707286693308) < 1e-14)
    let none = try #require(Interval.bounded(of: [0, 0, 0], over: .episodes))
    #expect(none.lower == 0 && abs(none.upper - (1 - 0.2924017738212866)) < 1e-14)
    #expect(Interval.bounded(of: [1], over: .episodes)?.halfWidth == nil)
    #expect(Interval.bounded(of: [], over: .episodes) == nil)
    #expect(Interval.transformed(of: [2, 2], over: .episodes)?.halfWidth == 0)
  }

  @Test func accuraciesHaveStudentsIntervalUnlessItDoesNotHold() throws {
    func estimator(_ values: [Double]) -> Interval.Estimator? {
      Interval.ofAccuracies(values, over: .episodes)?.estimator
    }
    #expect(estimator(Reference.accuracies) == .studentT)
    #expect(Interval.ofAccuracies(Reference.accuracies, over: .episodes)
      == Interval(of: Reference.accuracies, over: .episodes))
    // All equal, though their mean may differ from them by a last bit; few; skewed; wide.
    #expect(estimator([Double](repeating: 1, count: 600)) == .transformed)
    #expect(estimator([Double](repeating: 0.7, count: 600)) == .transformed)
    #expect(estimator([0.2, 0.4, 0.9, 0.5]) == .transformed)
    #expect(estimator(Self.skewed) == .transformed)
    #expect(estimator([Double](repeating: 1, count: 99) + [0]) == .transformed)
    #expect(Interval.ofAccuracies([0.5], over: .episodes)?.halfWidth == nil)
    #expect(Interval.ofAccuracies([], over: .episodes) == nil)
  }

  @Test func theLongerSideAndTheEndsAreThoseOfTheInterval() throws {
    let student = try #require(Interval(of: Reference.accuracies, over: .episodes))
    #expect(student.longerSide == student.halfWidth)
    let perfect = try #require(
      Interval.ofAccuracies([Double](repeating: 1, count: 600), over: .episodes))
    #expect(abs(try #require(perfect.longerSide) - (1 - 0.9938707286693308)) < 1e-14)
    #expect(perfect.ends == perfect.lower...1)
    let one = try #require(Interval(of: [0.5], over: .episodes))
    #expect(one.longerSide == nil && one.ends == nil)
    #expect(try #require(Interval(of: [.nan, 1], over: .episodes)).ends == nil)
  }

  @Test func repeatsOfOneResultDoNotNarrowTheIntervalOverEpisodes() throws {
    let scores = [0.2, 0.4, 0.9, 0.5]
    let one = try #require(Interval.overEpisodes([scores]))
    let three = try #require(Interval.overEpisodes([scores, scores, scores]))
    #expect(abs(try #require(one.halfWidth) - #require(three.halfWidth)) < 1e-15)
    #expect(three.count == 4)
  }

  @Test func intervalOverRepeatsIsThatOfTheirMeans() throws {
    let interval = try #require(Interval.overRepeats([[0.1, 0.3], [0.4], [], [0.5, 0.7]]))
    #expect(interval.count == 3 && interval.unit == .repeats)
    #expect(abs(interval.mean - 0.4) < 1e-15)
    // Means 0.2, 0.4, 0.6: deviation 0.2, and 4.3026... for two degrees of freedom.
    let expected = 4.302652729749462 * 0.2 / 3.0.squareRoot()
    #expect(abs(try #require(interval.halfWidth) - expected) < 1e-12)
  }

  @Test func oneValueHasNoWidthAndNoneHasNoInterval() throws {
    let interval = try #require(Interval.overRepeats([[0.25, 0.75]]))
    #expect(interval.mean == 0.5 && interval.halfWidth == nil)
    #expect(interval.lower == 0.5 && interval.upper == 0.5)
    #expect(Interval.overEpisodes([]) == nil)
    #expect(Interval.overEpisodes([[]]) == nil)
    #expect(Interval.overRepeats([[]]) == nil)
  }

  @Test(arguments: [2, 5, 30])
  func ninetyFivePercentOfIntervalsHoldTheTruth(_ count: Int) throws {
    var generator = TestGenerator(seed: 7)
    let trials = 20_000
    var held = 0
    for _ in 0..<trials {
      let values = (0..<count).map { _ in 3 + 2 * generator.normal() }
      let interval = try #require(Interval(of: values, over: .episodes))
      if interval.lower <= 3, 3 <= interval.upper { held += 1 }
    }
    // Four standard errors.
    #expect(abs(Double(held) / Double(trials) - 0.95) < 0.0062)
  }

  @Test func sumsKeepWhatPlainOnesLose() throws {
    #expect(Summary.sum([1, 1e100, 1, -1e100]) == 2)
    #expect(Summary.sum([.infinity, 1]) == .infinity)
    #expect(Summary.sum([.nan, 1]).isNaN)
    let summary = try #require(Summary(of: [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))
    #expect(summary.mean == 1e9 + 10)
    #expect(summary.standardDeviation == 30.0.squareRoot())
    #expect(Summary(of: [3])?.standardDeviation == nil)
    #expect(Summary(of: []) == nil)
  }
}
