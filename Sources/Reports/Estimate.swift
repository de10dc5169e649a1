import Statistics

/// A mean over episodes and repeats, with the uncertainty that each of the two causes.
struct Estimate {
  let mean: Double
  /// Over the episodes, each an episode's mean over the repeats.
  let overEpisodes: Interval
  /// Over the means of the repeats; without a width for a single one.
  let overRepeats: Interval

  /// - Parameters:
  ///   - runs: The scores of each repeat on the same episodes, `[repeats][episodes]`.
  ///   - isAccuracy: Whether scores are in 0...1, so that their interval must not be a plain Student's t
  ///     where they are few, all equal or skewed.
  ///   - rule: What decided the number of episodes, and has an interval of its own; nil if it was
  ///     given.
  /// - Returns: nil if there are no scores.
  /// - Precondition: All repeats have as many scores.
  /// - Complexity: O(scores).
  init?(_ runs: [[Double]], isAccuracy: Bool, rule: SequentialWidth? = nil) {
    guard let first = runs.first, !first.isEmpty else { return nil }
    precondition(runs.allSatisfy { $0.count == first.count }, "repeats share their episodes")
    let scores = first.indices.map { episode in
      Summary.sum(runs.map { $0[episode] }) / Double(runs.count)
    }
    let overEpisodes =
      if let rule {
        rule.interval(scores)
      } else if isAccuracy {
        Interval.ofAccuracies(scores, over: .episodes)
      } else {
        Interval(of: scores, over: .episodes)
      }
    guard let overEpisodes, let overRepeats = Interval.overRepeats(runs) else { return nil }
    self.overEpisodes = overEpisodes
    self.overRepeats = overRepeats
    mean = overEpisodes.mean
  }

  var episodes: Int { overEpisodes.count }
  var repeats: Int { overRepeats.count }

  /// The interval to draw: over repeats if there are several, else over episodes; nil if there is none.
  var drawn: ClosedRange<Double>? { overRepeats.ends ?? overEpisodes.ends }
}
