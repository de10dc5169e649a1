import Kinds
import Results
import Statistics

/// The difference of two cells' mean scores on the same episodes, and how far off it may be: the one that `compare`, gates
/// and figures of differences take, and that claims come to, too.
public struct CellDifference: Sendable, Equatable {
  /// Where the spread between repeats was taken from.
  public enum Spread: Sendable, Equatable {
    /// Estimated from repeats of the cells.
    case estimated
    /// Given: a standard deviation of a repeat's mean score.
    case stated(Double)
    /// The repeats of neither cell differ.
    case nothing
    /// There is one repeat only, which is the same on both sides: only tests differ.
    case same
    /// A single repeat tells nothing of others: the difference is that of these two.
    case unknown
  }

  /// What other episodes could have given.
  public let overEpisodes: CrossedDesign.Estimate
  /// What other episodes and other repeats could have given; nil where no repeats differ, or that is not known.
  public let combined: CrossedDesign.Estimate?
  /// Where the spread between repeats was taken from.
  public let spread: Spread
  /// What makes repeats differ; nil if nothing does.
  public let variesBy: Variation?
  /// The number of episodes.
  public let episodes: Int
  /// 1/R₁ + 1/R₂, or 1/R of paired repeats.
  public let repeatFactor: Double
  /// Whether both are of the same repeats.
  public let isPaired: Bool

  /// All that is known of it: the combined estimate where there is one, else the one over episodes.
  public var estimate: CrossedDesign.Estimate { combined ?? overEpisodes }

  /// The mean of the first minus that of the second.
  public var mean: Double { overEpisodes.mean }

  /// The difference first minus second of a pairing; nil under two episodes, and where scores are so large that their
  /// squares overflow.
  ///
  /// - Parameters:
  ///   - sides: What was paired.
  ///   - stated: The standard deviation between repeats, used where there is one repeat of each cell only.
  /// - Complexity: O(scores).
  public init?(_ pairing: Pairing, of sides: (Replicates, Replicates), stated: Double? = nil) {
    let both = [sides.0, sides.1]
    let draws = both.draws
    let scores = [pairing.firstRepeats, pairing.secondRepeats]
    let range: ClosedRange<Double>? = sides.0.records[0].metric.isShare ? 0...1 : nil
    guard
      let design = CrossedDesign(
        both.indices.map {
          .init(scores[$0], weight: $0 == 0 ? 1 : -1, repeats: draws[$0], range: range)
        })
    else { return nil }
    overEpisodes = design.overUnits
    guard overEpisodes.mean.isFinite, overEpisodes.variance.isFinite else { return nil }
    variesBy = both.variesBy
    episodes = pairing.count
    isPaired = draws[0] == draws[1] && draws[0] != .alike
    repeatFactor = design.repeats.reduce(0) { $0 + 1 / Double($1) }
    let estimated = variesBy == nil ? nil : design.combined()
    if variesBy == nil {
      (combined, spread) = (nil, .nothing)
    } else if let estimated {
      guard estimated.variance.isFinite else { return nil }
      (combined, spread) = (estimated, .estimated)
    } else if isPaired {
      (combined, spread) = (nil, .same)
    } else if let stated, let estimate = design.combined(stated: stated) {
      (combined, spread) = (estimate, .stated(stated))
    } else {
      (combined, spread) = (nil, .unknown)
    }
  }
}
