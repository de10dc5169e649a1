import Statistics

/// A weighted sum of mean scores, with its uncertainty by both causes: other test episodes could
/// have been drawn, and the networks could have been trained anew.
///
/// Terms of one group share their episodes, so their difference is taken episode by episode (with
/// a single group: Student's paired t); groups are independent of each other, and so are the
/// trainings of different cells (Welch). Repeats and episodes are crossed random effects: the variance of the
/// mean is estimated from mean squares as repeats + episodes − rest, and never less than one of the
/// first two. Degrees of freedom are Satterthwaite's.
///
/// - Reference: Welch, The generalization of 'Student's' problem (1947); Searle, Casella and
///   McCulloch, Variance Components (1992), chapter 4.
struct Contrast {
  /// The scores of one cell.
  struct Term {
    /// Whether it belongs to the denominator of a ratio, or to what is taken away.
    let isOther: Bool
    /// 1 or −1.
    let sign: Double
    /// `[repeats][episodes]`.
    let repeats: [[Double]]
    /// Terms of equal group have the same episodes.
    let group: Int
    /// Terms of equal family are of the same trained networks.
    let family: String
    /// Whether the networks could be trained anew with another outcome.
    let isTrained: Bool
    /// Whether scores are in 0...1, as accuracies are.
    let isAccuracy: Bool
  }

  /// An estimated mean: how far off it may be.
  struct Estimate: Equatable {
    let mean: Double
    /// Of the mean.
    let variance: Double
    let freedom: Double

    /// Half the width of the two-sided 95 % interval.
    var halfWidth: Double {
      variance > 0
        ? StudentT(degreesOfFreedom: freedom).quantile(0.975) * variance.squareRoot() : 0
    }
  }

  let terms: [Term]
  /// Whether the spread of accuracies is taken for at least what an interval for such scores tells, where
  /// they are few, all equal or skewed. Not for ratios: Fieller's interval takes the variance for a
  /// parabola in the factor.
  var isWidened = true

  /// The number of episodes of each group.
  var counts: [Int] {
    groups.map { group in terms.first { $0.group == group }!.repeats[0].count }
  }

  /// The number of repeats of each trained family, in the order of the terms.
  var repeats: [Int] {
    families.map { family in terms.first { $0.family == family }!.repeats.count }
  }

  var groups: [Int] { Set(terms.map(\.group)).sorted() }

  private var families: [String] {
    var seen: Set<String> = []
    return terms.filter(\.isTrained).map(\.family).filter { seen.insert($0).inserted }
  }

  /// Σ left − `factor` · Σ other over these episodes, trainings taken as they are.
  ///
  /// - Precondition: every group has two episodes or more.
  func estimate(factor: Double) -> Estimate {
    let parts = groups.map { group in
      let own = terms.filter { $0.group == group }
      let values = combined(own, factor: factor) { Self.mean(of: $0) }
      let summary = Summary(of: values)!
      let edge = isWidened ? edgeError(of: values, own, factor: factor) ?? 0 : 0
      return (
        mean: summary.mean, error: max(Self.error(of: summary), edge),
        freedom: Double(summary.count - 1)
      )
    }
    return Estimate(
      mean: Summary.sum(parts.map(\.mean)), variance: Summary.sum(parts.map(\.error)),
      freedom: Self.freedom(parts.map { ($0.error, $0.freedom) }))
  }

  /// The same where trainings, too, could have come out otherwise; nil where there is a single
  /// repeat of something trained, and where nothing is.
  func retrainedEstimate(factor: Double) -> Estimate? {
    guard !repeats.isEmpty, repeats.allSatisfy({ $0 > 1 }) else { return nil }
    let overEpisodes = estimate(factor: factor)
    var (between, rest) = (0.0, 0.0)
    var components = [(overEpisodes.variance, overEpisodes.freedom)]
    for family in families {
      let own = terms.filter { $0.family == family }
      let rows = own[0].repeats.indices.map { row in
        combined(own, factor: factor) { $0[row] }
      }
      guard let levels = TwoLevelUncertainty(rows)?.components else { continue }
      let (r, n) = (Double(rows.count), Double(rows[0].count))
      let means = Summary(of: rows.map { Summary.sum($0) / n })!
      let noise = levels.rest * levels.rest / (n * r)
      between += Self.error(of: means)
      rest += noise
      components += [(Self.error(of: means), r - 1), (noise, (r - 1) * (n - 1))]
    }
    let variance = max(overEpisodes.variance, between, overEpisodes.variance + between - rest)
    let spread = Summary.sum(components.map { $0.0 * $0.0 / $0.1 })
    return Estimate(
      mean: overEpisodes.mean, variance: variance,
      freedom: spread > 0 ? max(1, variance * variance / spread) : overEpisodes.freedom)
  }

  func weight(of term: Term, factor: Double) -> Double {
    term.sign * (term.isOther ? -factor : 1)
  }

  /// Episode by episode: the weighted sum of what `scores` takes of each term's repeats.
  func combined(
    _ terms: [Term], factor: Double, _ scores: ([[Double]]) -> [Double]
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: terms[0].repeats[0].count)
    for term in terms {
      let weight = weight(of: term, factor: factor)
      for (episode, score) in scores(term.repeats).enumerated() { sum[episode] += weight * score }
    }
    return sum
  }

  static func mean(of repeats: [[Double]]) -> [Double] {
    repeats[0].indices.map { episode in
      Summary.sum(repeats.map { $0[episode] }) / Double(repeats.count)
    }
  }

  /// The variance of a mean.
  private static func error(of summary: Summary) -> Double {
    let deviation = summary.standardDeviation ?? 0
    return deviation * deviation / Double(summary.count)
  }

  /// Satterthwaite's degrees of freedom of a sum of variances.
  private static func freedom(_ parts: [(variance: Double, freedom: Double)]) -> Double {
    let total = Summary.sum(parts.map(\.variance))
    let spread = Summary.sum(parts.map { $0.variance * $0.variance / $0.freedom })
    // Without any variance any number will do.
    return spread > 0 ? total * total / spread : parts[0].freedom
  }
}
