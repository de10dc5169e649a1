/// The uncertainty of a mean score by its two causes, the episodes and the repeats, apart and
/// combined.
///
///     let levels = TwoLevelUncertainty(repeats)!
///     levels.overEpisodes.halfWidth   // other episodes, the same trained networks
///     levels.overRepeats.halfWidth    // other trainings, the same episodes
///     levels.combined?.halfWidth      // both
///
/// The model is the two-way crossed one with random effects and one score per cell: score[r, e] =
/// μ + repeat[r] + episode[e] + rest[r, e]. The variance of the grand mean is the sum of
/// MS_episodes / n, which holds the rest too, and (MS_repeats − MS_rest) / n, which counts as zero
/// if negative, for n scores. Each times the square of its own Student's t is the square of the
/// combined half-width.
///
/// - Reference: Searle, Casella and McCulloch, Variance Components (1992), chapter 4 (model and
///   mean squares); Howe, Approximate confidence limits on the mean of X + Y where X and Y are two
///   tabled independent random variables, Journal of the American Statistical Association 69 (1974)
///   (combination).
public struct TwoLevelUncertainty: Sendable, Equatable {
  /// What other episodes could have given: Student's t over the episodes' means over the repeats.
  public let overEpisodes: Interval
  /// What other trainings could have given: Student's t over the repeats' means; without a width
  /// for a single repeat.
  public let overRepeats: Interval
  /// What both could have given; nil under two repeats or two episodes.
  public let combined: Interval?
  /// The estimated standard deviations of the model's three parts; nil where `combined` is.
  public let components: Components?

  /// Standard deviations of the parts of a score.
  public struct Components: Sendable, Equatable {
    /// Between repeats.
    public let repeats: Double
    /// Between episodes.
    public let episodes: Double
    /// What repeats and episodes leave unexplained.
    public let rest: Double
  }

  /// The uncertainty of `repeats`; nil if there are no scores.
  ///
  /// - Parameter repeats: `[repeats][episodes]`: the same episodes in the same order.
  /// - Precondition: all repeats have the same length.
  /// - Complexity: O(scores).
  public init?(_ repeats: [[Double]], confidence: Double = 0.95) {
    guard let overEpisodes = Interval.overEpisodes(repeats, confidence: confidence),
      let overRepeats = Interval.overRepeats(repeats, confidence: confidence)
    else { return nil }
    self.overEpisodes = overEpisodes
    self.overRepeats = overRepeats
    let (rows, columns) = (repeats.count, repeats[0].count)
    guard rows > 1, columns > 1, let episodeWidth = overEpisodes.halfWidth else {
      (combined, components) = (nil, nil)
      return
    }
    let (r, e) = (Double(rows), Double(columns))
    let mean = overEpisodes.mean
    let rowMeans = repeats.map { Summary.sum($0) / e }
    let columnMeans = (0..<columns).map { column in Summary.sum(repeats.map { $0[column] }) / r }
    let repeatSquare = e * Self.squares(rowMeans.map { $0 - mean }) / (r - 1)
    let episodeSquare = r * Self.squares(columnMeans.map { $0 - mean }) / (e - 1)
    let rests = (0..<rows).flatMap { row in
      (0..<columns).map { repeats[row][$0] - rowMeans[row] - columnMeans[$0] + mean }
    }
    let restSquare = Self.squares(rests) / ((r - 1) * (e - 1))
    components = Components(
      repeats: (max(0, repeatSquare - restSquare) / e).squareRoot(),
      episodes: (max(0, episodeSquare - restSquare) / r).squareRoot(),
      rest: restSquare.squareRoot())
    let repeatWidth = StudentT(degreesOfFreedom: r - 1).quantile((1 + confidence) / 2)
      * (max(0, repeatSquare - restSquare) / (r * e)).squareRoot()
    combined = Interval(
      Summary(count: rows * columns, mean: mean),
      halfWidth: (episodeWidth * episodeWidth + repeatWidth * repeatWidth).squareRoot(),
      unit: .episodesAndRepeats, .twoWay, confidence)
  }

  private static func squares(_ values: [Double]) -> Double {
    Summary.sum(values.map { $0 * $0 })
  }
}
