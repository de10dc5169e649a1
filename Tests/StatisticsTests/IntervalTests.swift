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
