import Statistics

extension Cell {
  /// What decides how many episodes the cell is tested on, where its suite wants a half-width
  /// (`test: { until: 0.005 }`); nil where it wants a number of episodes.
  public var stoppingRule: SequentialWidth? {
    test.until.map { until in
      SequentialWidth(
        halfWidth: until, atLeast: min(SequentialWidth.firstStage, test.episodes),
        atMost: test.episodes, isBounded: !isRegression)
    }
  }

  /// The number of episodes that the cell is tested on at least.
  public var leastTestEpisodes: Int { stoppingRule?.atLeast ?? test.episodes }
}
