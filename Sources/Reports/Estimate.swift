import Statistics

/// A mean over episodes and repeats, with the uncertainty that each of the two causes.
struct Estimate {
  let mean: Double
  /// Over the episodes, each an episode's mean over the repeats.
  let overEpisodes: Interval
  /// Over the means of the repeats; without a width for a single one.
  let overRepeats: Interval
  /// Whether all repeats were tested on the same episodes. If not, every score counts as that of an
  /// episode of its own.
  let sharesEpisodes: Bool

  /// - Parameters:
  ///   - runs: The scores of each repeat, `[repeats][episodes]`.
  ///   - rule: What decided the number of episodes, and has an interval of its own; nil if it was
  ///     given.
  /// - Returns: nil if there are no scores.
  /// - Complexity: O(scores).
  init?(_ runs: [[Double]], sharesEpisodes: Bool, rule: SequentialWidth? = nil) {
    let runs = runs.filter { !$0.isEmpty }
    self.sharesEpisodes = sharesEpisodes
    let overEpisodes =
      switch runs.count {
      case 1... where rule != nil:
        rule!.interval(sharesEpisodes ? Self.means(runs) : runs.flatMap(\.self))
      case 1: Interval(of: runs[0], over: .episodes)
      case _ where sharesEpisodes: Interval.overEpisodes(runs)
      default: Interval(of: runs.flatMap(\.self), over: .episodes)
      }
    guard let overEpisodes, let overRepeats = Interval.overRepeats(runs) else { return nil }
    self.overEpisodes = overEpisodes
    self.overRepeats = overRepeats
    mean = overEpisodes.mean
  }

  /// Each episode's score, averaged over the repeats.
  private static func means(_ runs: [[Double]]) -> [Double] {
    runs[0].indices.map { episode in
      runs.reduce(0) { $0 + $1[episode] } / Double(runs.count)
    }
  }

  var episodes: Int { overEpisodes.count }
  var repeats: Int { overRepeats.count }

  /// Half the width of the interval to draw: over repeats if there are several, else over episodes.
  var drawn: Double? { overRepeats.halfWidth ?? overEpisodes.halfWidth }
}
