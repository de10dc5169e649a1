import Judgements
import Measures
import Statistics

/// What the results show, in a sentence for each kind of task: which algorithm is best, and which cannot be told from it.
enum Headline {
  /// At most this many kinds of task have a sentence; more are a table, which is there already.
  private static let most = 3

  /// In the order of the suite; none where there is nothing to compare.
  ///
  /// - Complexity: O(scores).
  static func sentences(_ families: [CellFamily]) -> [String] {
    SharedEpisodes.all(families).filter { $0.families.count > 1 && $0.cell.metric.direction != .neither }
      .compactMap(sentence).prefix(most).map(\.self)
  }

  private static func sentence(_ group: SharedEpisodes) -> String? {
    let metric = group.cell.metric
    let means = group.scores.map { Summary.sum($0) / Double($0.count) }
    guard means.allSatisfy(\.isFinite),
      let best = means.indices.max(by: { metric.direction == .higher ? means[$0] < means[$1] : means[$0] > means[$1] })
    else { return nil }
    let others = group.families.indices.filter { $0 != best }
    let differences = others.map { difference(group.families[best], group.families[$0]) }
    let p = MultipleTesting.holm(differences.map { $0?.estimate.p ?? 1 })
    let rivals = zip(others, p).filter { $1 >= 0.05 }.map { group.names[$0.0] }
    let task = "\(group.cell.datasetLabel) \(group.task)"
    let lead = "On \(task), \(group.names[best]) has the best \(metric.words) (\(score(group.families[best], metric)))"
    let isSingle = group.families.contains { $0.done.count == 1 && $0.cell.variesBy != .nothing }
    let limit = isSingle ? " One training of some of them does not tell what another would give." : ""
    if rivals.isEmpty {
      guard let next = nearest(differences, others, group, metric) else { return nil }
      return "\(lead), \(next).\(limit)"
    }
    let listed = rivals.count > 3 ? "\(rivals.count) of the \(others.count) others" : Format.list(rivals)
    return "\(lead), but \(listed) cannot be told from it at the 5 % level.\(limit)"
  }

  /// How far the next one is behind.
  private static func nearest(
    _ differences: [CellDifference?], _ others: [Int], _ group: SharedEpisodes, _ metric: Metric
  ) -> String? {
    let known = zip(others, differences).compactMap { other, difference in difference.map { (other, $0) } }
    guard let (other, difference) = known.min(by: { abs($0.1.mean) < abs($1.1.mean) }) else { return nil }
    let digits = Format.digits(metric: metric, size: abs(difference.mean))
    let distance = Format.score(abs(difference.mean), metric: metric, digits: digits)
    let unit = metric.isShare ? " points" : ""
    return "\(distance)\(unit) ahead of the next, \(group.names[other]), and all differences are significant at the 5 % level"
  }

  private static func difference(_ a: CellFamily, _ b: CellFamily) -> CellDifference? {
    guard let pairing = try? Pairing(a.done, b.done) else { return nil }
    return CellDifference(pairing, of: (Replicates(a), Replicates(b)))
  }

  private static func score(_ family: CellFamily, _ metric: Metric) -> String {
    guard let estimate = family.estimate(by: Measure()) else { return "–" }
    let digits = Format.digits(metric: metric, size: abs(estimate.mean))
    func text(_ value: Double) -> String { Format.score(value, metric: metric, digits: digits) }
    return text(estimate.mean) + (estimate.halfWidth.map { " ± \(text($0))" } ?? "") + (metric.isShare ? " %" : "")
  }
}
