import Kinds
import Statistics

/// A mean over episodes and repeats, with the uncertainty that the two cause.
struct Estimate {
  let mean: Double
  /// Over the episodes, each an episode's mean over the repeats.
  let overEpisodes: Interval
  /// Over the means of the repeats; without a width for a single one.
  let overRepeats: Interval
  /// For other episodes and other repeats; nil where repeats do not differ, or there is a single one.
  let combined: (halfWidth: Double, ends: ClosedRange<Double>)?
  /// What makes repeats differ.
  let variesBy: Variation

  /// - Parameters:
  ///   - runs: The scores of each repeat on the same episodes, `[repeats][episodes]`.
  ///   - variesBy: What makes repeats differ.
  ///   - isAccuracy: Whether scores are in 0...1, so that their interval must not be a plain Student's t
  ///     where they are few, all equal or skewed.
  ///   - rule: What decided the number of episodes, and has an interval of its own; nil if it was
  ///     given.
  /// - Returns: nil if there are no scores.
  /// - Precondition: All repeats have as many scores.
  /// - Complexity: O(scores).
  init?(_ runs: [[Double]], variesBy: Variation, isAccuracy: Bool, rule: SequentialWidth? = nil) {
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
    self.variesBy = variesBy
    mean = overEpisodes.mean
    let design = variesBy == .nothing || runs.count < 2
      ? nil
      : CrossedDesign([
        .init(runs, repeats: .drawn(0, kind: 0), range: isAccuracy ? 0...1 : nil, rule: rule)
      ])
    combined = design.flatMap { design in
      guard let estimate = design.combined(), estimate.mean.isFinite, estimate.variance.isFinite else { return nil }
      let possible = design.possible ?? -.infinity...(.infinity)
      return (estimate.halfWidth(), estimate.interval().clamped(to: possible))
    }
  }

  var episodes: Int { overEpisodes.count }
  var repeats: Int { overRepeats.count }

  /// Half the width of the interval to print, its longer side where it does not lie around the mean; nil if there is none.
  var halfWidth: Double? { combined?.halfWidth ?? overEpisodes.longerSide }

  /// The interval to print and to draw: the combined one if there is one, else that over episodes or, where there is a
  /// single one of these, repeats; nil if there is none.
  var ends: ClosedRange<Double>? { combined?.ends ?? overEpisodes.ends ?? overRepeats.ends }
}
