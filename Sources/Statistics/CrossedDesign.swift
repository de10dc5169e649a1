/// A weighted sum of mean scores, and how far off it may be for both its causes: other units (test episodes)
/// could have been drawn, and every repeat could have been drawn anew (trained with other random numbers, or
/// begun with other parameters).
///
///     let design = CrossedDesign([
///       .init(maml, weight: 1, repeats: .drawn(0, kind: 0)),
///       .init(fomaml, weight: -1, repeats: .drawn(1, kind: 1)),
///     ])
///     design.overUnits.halfWidth()      // other episodes, the same trained networks
///     design.combined()?.halfWidth()    // other episodes and other trainings
///
/// This is the one account of uncertainty in reports, claims, comparisons, figures and gates: a question has the
/// same interval wherever it is asked. Repeats and units are crossed random effects with one score per cell,
/// score[r, u] = μ + repeat[r] + unit[u] + rest[r, u]. The variance of the mean has two parts:
///
/// - *units*: that of the units' weighted sums over their number, terms with the same units taken unit by unit
///   (Student's paired t), others apart (Welch). It holds the rest, too;
/// - *repeats*: for every draw the variance of the repeats' sums over their number, without what the rest adds to it,
///   and zero if that is negative. Draws are independent (Welch); those of one kind spread alike (pooled).
///
/// Each part times the square of its own Student's t adds up to the squared half-width (Howe), which is never below that
/// of the repeats' sums alone.
/// `Documentation/Statistics.md` has the simulated coverage.
///
/// - Reference: Searle, Casella and McCulloch, Variance Components (1992), chapter 4 (model and mean squares);
///   Welch, The generalization of 'Student's' problem (1947); Howe, Approximate confidence limits on the mean of
///   X + Y where X and Y are two tabled independent random variables, Journal of the American Statistical
///   Association 69 (1974).
public struct CrossedDesign: Sendable {
  /// What the repeats of a term are.
  public enum Repeats: Sendable, Hashable {
    /// All the same: they could not come out otherwise.
    case alike
    /// Drawn at random. Terms of one draw have the same repeats, row by row; different draws are independent.
    /// Draws of one `kind` spread alike, as the same cell's in two runs; their weights have one size.
    case drawn(Int, kind: Int)
  }

  /// The scores of one cell.
  public struct Term: Sendable {
    /// `[repeats][units]`.
    public let scores: [[Double]]
    /// What its mean is multiplied by.
    public let weight: Double
    /// Terms of equal group have the same units, in the same order.
    public let group: Int
    /// What its repeats are.
    public let repeats: Repeats
    /// The range of possible scores, such as 0...1 for accuracies; nil if unbounded.
    public let range: ClosedRange<Double>?
    /// What decided the number of units, and has an interval of its own for a single mean; nil if that was given.
    public let rule: SequentialWidth?

    /// A term from its parts.
    ///
    /// - Precondition: there is a repeat, and all have as many units.
    public init(
      _ scores: [[Double]], weight: Double = 1, group: Int = 0, repeats: Repeats,
      range: ClosedRange<Double>? = nil, rule: SequentialWidth? = nil
    ) {
      precondition(!scores.isEmpty, "a repeat or more")
      precondition(scores.allSatisfy { $0.count == scores[0].count }, "repeats share their units")
      self.scores = scores
      self.weight = weight
      self.group = group
      self.repeats = repeats
      self.range = range
      self.rule = rule
    }

    /// The mean of each unit over the repeats.
    var means: [Double] {
      scores[0].indices.map { unit in Summary.sum(scores.map { $0[unit] }) / Double(scores.count) }
    }
  }

  /// What is summed up.
  public let terms: [Term]

  /// The design of `terms`; nil under two units.
  ///
  /// - Precondition: there is a term; those of a group have as many units, and those of a draw as many repeats.
  public init?(_ terms: [Term]) {
    precondition(!terms.isEmpty, "a term or more")
    guard terms.allSatisfy({ $0.scores[0].count > 1 }) else { return nil }
    self.terms = terms
    precondition(
      terms.allSatisfy { term in
        terms.allSatisfy { $0.group != term.group || $0.scores[0].count == term.scores[0].count }
      }, "terms of a group share their units")
  }

  /// The number of units of each group.
  public var counts: [Int] { groups.map { $0[0].scores[0].count } }

  /// The number of repeats of each draw, in the order of the terms.
  public var repeats: [Int] { draws.map { $0.terms[0].scores.count } }

  /// What the whole can be, if that is known of every term.
  public var possible: ClosedRange<Double>? { Self.range(of: terms) }

  /// The terms by their groups, in the order of these.
  var groups: [[Term]] {
    Set(terms.map(\.group)).sorted().map { group in terms.filter { $0.group == group } }
  }

  /// The terms whose repeats are drawn, by their draws.
  private var draws: [(kind: Int, terms: [Term])] {
    var order: [(id: Int, kind: Int)] = []
    for case .drawn(let id, let kind) in terms.map(\.repeats) where !order.contains(where: { $0.id == id }) {
      order.append((id, kind))
    }
    return order.map { draw in
      (draw.kind, terms.filter { $0.repeats == .drawn(draw.id, kind: draw.kind) })
    }
  }

  // MARK: Estimates

  /// What other units could have given, repeats taken as they are.
  ///
  /// - Complexity: O(scores).
  public var overUnits: Estimate {
    let parts = groups.map { group -> (mean: Double, part: Estimate.Part) in
      let values = Self.sums(group.map { ($0.weight, $0.means) })
      let summary = Summary(of: values)!
      let error = summary.standardError!
      let variance = max(error * error, edgeVariance(of: values, group) ?? 0)
      return (summary.mean, .init(variance: variance, freedom: Double(summary.count - 1)))
    }
    return Estimate(mean: Summary.sum(parts.map(\.mean)), units: .sum(parts.map(\.part)), repeats: nil)
  }

  /// What other units and other repeats could have given: the same as `overUnits` where no repeats are drawn.
  ///
  /// - Parameter stated: The standard deviation of a repeat's mean, taken where a draw and all of its kind have a
  ///   single repeat.
  /// - Returns: nil if it cannot be estimated: with a single repeat, the spread is unknown.
  /// - Complexity: O(scores).
  public func combined(stated: Double? = nil) -> Estimate? {
    var estimate = overUnits
    let draws = draws
    guard !draws.isEmpty else { return estimate }
    var parts: [Estimate.Part] = []
    var noise = 0.0
    for kind in Set(draws.map(\.kind)).sorted() {
      let own = draws.filter { $0.kind == kind }.map(\.terms)
      let known = own.filter { $0[0].scores.count > 1 }.map(Spread.init)
      guard !known.isEmpty else {
        guard let stated else { return nil }
        let size = Summary.sum(own.map { terms in
          let weight = stated * terms.map(\.weight).reduce(0, +)
          return weight * weight / Double(terms[0].scores.count)
        })
        parts.append(.init(variance: size, freedom: .infinity))
        continue
      }
      let freedom = known.map(\.freedom).reduce(0, +)
      func pooled(_ squares: (Spread) -> Double) -> Double {
        Summary.sum(known.map { $0.freedom * squares($0) }) / freedom
          * Summary.sum(own.map { 1 / Double($0[0].scores.count) })
      }
      parts.append(.init(variance: pooled(\.repeats), freedom: freedom))
      noise += pooled(\.rest)
    }
    let all = Estimate.Part.sum(parts)
    estimate.repeats = .init(variance: max(0, all.variance - noise), freedom: all.freedom)
    estimate.noise = min(noise, all.variance)
    return estimate
  }

  /// Mean squares of one draw, in units of a repeat's mean.
  private struct Spread {
    let freedom: Double
    /// The variance of the repeats' sums.
    let repeats: Double
    /// As much of it as what repeats and units leave unexplained adds.
    let rest: Double

    init(_ terms: [Term]) {
      let rows = terms[0].scores.indices
      let freedom = Double(rows.count - 1)
      var sums = [Double](repeating: 0, count: rows.count)
      var rest = 0.0
      for group in Set(terms.map(\.group)).sorted() {
        let own = terms.filter { $0.group == group }
        let scores = rows.map { row in CrossedDesign.sums(own.map { ($0.weight, $0.scores[row]) }) }
        let n = Double(scores[0].count)
        let means = scores.map { Summary.sum($0) / n }
        let units = CrossedDesign.sums(scores.map { (1 / Double(rows.count), $0) })
        let mean = Summary.sum(means) / Double(rows.count)
        let squares = zip(scores, means).flatMap { row, rowMean in
          zip(row, units).map { ($0 - rowMean - $1 + mean) * ($0 - rowMean - $1 + mean) }
        }
        rest += Summary.sum(squares) / (freedom * (n - 1)) / n
        for row in rows { sums[row] += means[row] }
      }
      let deviation = Summary(of: sums)!.standardDeviation!
      self.freedom = freedom
      self.rest = rest
      repeats = deviation * deviation
    }
  }

  /// Unit by unit: the weighted sum.
  static func sums(_ parts: [(weight: Double, values: [Double])]) -> [Double] {
    var sum = [Double](repeating: 0, count: parts[0].values.count)
    for (weight, values) in parts {
      for (unit, value) in values.enumerated() { sum[unit] += weight * value }
    }
    return sum
  }
}
