import Statistics

/// The mean difference of two cells' scores, with the uncertainty of both its causes: other
/// episodes could have been drawn, and both could have been trained anew.
///
/// Student's paired t over episodes speaks of the networks as they were trained. Whether a
/// *program* got worse is another question: trained with other random numbers, the same program
/// gives other scores too. The model is score[program, repeat, episode] = program +
/// training[program, repeat] + episode + (program × episode) + rest, with random effects. The
/// variance of the difference of the means is estimated from mean squares as
///
///     h · s²(repeats) + (s²(differences) − h · s²(rest)) / n,   h = 1/R₁ + 1/R₂
///
/// and never less than either of the first two terms; the degrees of freedom are Satterthwaite's.
/// Where trainings of both programs went the same way, number by number, what is new is how they
/// are tested: then the repeats are paired too, and the same is estimated from the differences of
/// each repeat on each episode, with h = 1/R.
///
/// - Reference: Searle, Casella and McCulloch, Variance Components (1992), chapter 4.
public struct RetrainedDifference: Sendable, Equatable {
  /// Where the spread between trainings was taken from.
  public enum TrainingSpread: Sendable, Equatable {
    /// Estimated from the repeats of both cells, with so many degrees of freedom.
    case repeats(degreesOfFreedom: Int)
    /// Given: a standard deviation of a repeat's mean score.
    case stated(Double)
    /// Nothing is trained, or nothing that has random numbers: every repeat gave the same.
    case nothingTrained
    /// There is one repeat only, and both sides' trainings went the same way: only tests differ.
    case sameTrainings
    /// One repeat on each side tells nothing: the difference is that of these two networks.
    case unknown
  }

  /// The mean of the first minus that of the second.
  public let mean: Double
  /// The standard error of `mean`.
  public let standardError: Double
  /// Of `standardError`.
  public let degreesOfFreedom: Double
  /// The number of episodes.
  public let episodes: Int
  /// Where the spread between trainings was taken from.
  public let trainingSpread: TrainingSpread
  /// The part of the error's square that more episodes make smaller, times their number.
  let episodeVariance: Double
  /// The variance between trainings of a repeat's mean, without what episodes add to it; 0 where
  /// nothing speaks for any. For planning only.
  let trainingVariance: Double
  /// 1/R₁ + 1/R₂, or 1/R of paired repeats.
  let repeatFactor: Double

  /// The difference first minus second of a pairing; nil under two episodes, and where
  /// scores are so large that their squares overflow.
  ///
  /// - Parameters:
  ///   - isTrained: Whether the cells have anything to train.
  ///   - sameTrainings: Whether repeat i of both was trained to the same numbers, for all i.
  ///   - trainingDeviation: The standard deviation between repeats, used where there is one repeat
  ///     of each cell only.
  /// - Complexity: O(scores).
  public init?(
    _ pairing: Pairing, isTrained: Bool = true, sameTrainings: Bool = false,
    trainingDeviation: Double? = nil
  ) {
    guard let paired = PairedDifference(pairing.first, pairing.second) else { return nil }
    let sides =
      sameTrainings
      ? [Side(zip(pairing.firstRepeats, pairing.secondRepeats).map { zip($0, $1).map { $0 - $1 } })]
      : [pairing.firstRepeats, pairing.secondRepeats].map(Side.init)
    let n = Double(paired.count)
    let h = sides.reduce(0) { $0 + 1 / Double($1.repeats) }
    let freedom = sides.reduce(0) { $0 + $1.repeats - 1 }
    let s2 = paired.standardDeviation * paired.standardDeviation
    mean = paired.mean
    episodes = paired.count
    repeatFactor = h

    var repeats = 0.0
    var rest = 0.0
    if freedom > 0 {
      repeats = sides.reduce(0) { $0 + $1.repeatSquares } / Double(freedom)
      rest = sides.reduce(0) { $0 + $1.restSquares } / (Double(freedom) * (n - 1))
    }
    var terms = [(s2 / n, n - 1)]
    // Equal repeats differ in nothing but the rounding of their means.
    if !isTrained || freedom > 0 && max(repeats, rest) < 1e-24 {
      trainingSpread = .nothingTrained
      (repeats, rest) = (0, 0)
    } else if freedom > 0 {
      trainingSpread = .repeats(degreesOfFreedom: freedom)
      terms += [(h * repeats, Double(freedom)), (h * rest / n, Double(freedom) * (n - 1))]
    } else if sameTrainings {
      trainingSpread = .sameTrainings
    } else if let trainingDeviation {
      trainingSpread = .stated(trainingDeviation)
      repeats = trainingDeviation * trainingDeviation
      terms.append((h * repeats, .infinity))
    } else {
      trainingSpread = .unknown
    }
    let variance = max(s2 / n, h * repeats, s2 / n + h * repeats - h * rest / n)
    guard mean.isFinite, variance.isFinite else { return nil }
    let spread = terms.reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    standardError = variance.squareRoot()
    degreesOfFreedom = spread > 0 ? max(1, variance * variance / spread) : n - 1
    // Less than four times what episodes alone would do, and it may well be nothing else.
    trainingVariance = repeats > 4 * rest / n ? repeats - rest / n : 0
    episodeVariance = max(0, variance - h * trainingVariance) * n
  }

  /// Half the width of the two-sided interval.
  public func halfWidth(confidence: Double) -> Double {
    StudentT(degreesOfFreedom: degreesOfFreedom).quantile((1 + confidence) / 2) * standardError
  }

  /// The one-sided p-value of "the difference is at most `bound`" against "it is above".
  public func pAtLeast(_ bound: Double) -> Double { tail(mean - bound) }

  /// The one-sided p-value of "the difference is at least `bound`" against "it is below".
  public func pAtMost(_ bound: Double) -> Double { tail(bound - mean) }

  /// Without any error: 0 above the bound, 1 below, and 1/2 at the bound itself.
  private func tail(_ distance: Double) -> Double {
    StudentT(degreesOfFreedom: degreesOfFreedom)
      .upperTail(distance == 0 ? 0 : distance / standardError)
  }

  /// Sums of squares of one cell's scores, `[repeats][episodes]`.
  private struct Side {
    let repeats: Int
    /// Of the repeats' means around their mean.
    let repeatSquares: Double
    /// Of what repeats and episodes leave unexplained.
    let restSquares: Double

    init(_ scores: [[Double]]) {
      let (rows, columns) = (Double(scores.count), Double(scores[0].count))
      let means = scores.map { Summary.sum($0) / columns }
      let episodes = scores[0].indices.map { e in Summary.sum(scores.map { $0[e] }) / rows }
      let mean = Summary.sum(means) / rows
      repeats = scores.count
      repeatSquares = Summary.sum(means.map { ($0 - mean) * ($0 - mean) })
      restSquares = Summary.sum(
        zip(scores, means).flatMap { row, rowMean in
          zip(row, episodes).map { score, episode in
            let rest = score - rowMean - episode + mean
            return rest * rest
          }
        })
    }
  }
}
