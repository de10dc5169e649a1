import Statistics
import Testing

@Suite struct TwoLevelUncertaintyTests {
  private let repeats = [
    [0.9, 0.8, 0.95, 0.7, 0.85], [0.92, 0.85, 0.93, 0.78, 0.9], [0.87, 0.8, 0.97, 0.66, 0.8],
  ]

  @Test func agreesWithNumpyOnThreeRepeatsOfFiveEpisodes() throws {
    let levels = try #require(TwoLevelUncertainty(repeats))
    let components = try #require(levels.components)
    #expect(abs(components.repeats - 0.024528894525980397) < 1e-14)
    #expect(abs(components.episodes - 0.08732124598286482) < 1e-14)
    #expect(abs(components.rest - 0.031911335499056316) < 1e-14)
    let combined = try #require(levels.combined)
    #expect(combined.count == 15 && combined.unit == .episodesAndRepeats)
    #expect(abs(combined.mean - 0.8453333333333334) < 1e-15)
    // 2.776... and 4.302... are Student's t of 4 and 2 degrees of freedom.
    let episodes = 2.7764451051977934 * (0.023893333333333294 / 15).squareRoot()
    let runs = 4.302652729749462 * ((0.004026666666666688 - 0.001018333333333332) / 15).squareRoot()
    let expected = (episodes * episodes + runs * runs).squareRoot()
    #expect(abs(try #require(combined.halfWidth) - expected) < 1e-13)
    #expect(abs(try #require(levels.overEpisodes.halfWidth) - episodes) < 1e-13)
    #expect(levels.overRepeats == Interval.overRepeats(repeats))
  }

  @Test func equalRepeatsAddNothing() throws {
    let levels = try #require(TwoLevelUncertainty([repeats[0], repeats[0], repeats[0]]))
    let combined = try #require(levels.combined?.halfWidth)
    #expect(abs(combined - (try #require(levels.overEpisodes.halfWidth))) < 1e-15)
    #expect(try #require(levels.components).repeats == 0)
  }

  @Test func oneRepeatHasEpisodesOnly() throws {
    let levels = try #require(TwoLevelUncertainty([repeats[0]]))
    #expect(levels.combined == nil && levels.components == nil)
    #expect(levels.overRepeats.halfWidth == nil && levels.overEpisodes.halfWidth != nil)
    #expect(TwoLevelUncertainty([]) == nil)
    #expect(TwoLevelUncertainty([[]]) == nil)
  }
}
