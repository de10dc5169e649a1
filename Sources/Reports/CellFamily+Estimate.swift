import Judgements

extension CellFamily {
  /// The test result after `steps` adaptation steps; nil if no repeat has it.
  func estimate(after steps: Int) -> Estimate? {
    let runs = done.filter { (0...$0.test.steps).contains(steps) && $0.test.episodes > 0 }
    guard !runs.isEmpty else { return nil }
    // Until a half-width, each repeat goes on for as many episodes as it needs: those of all count.
    let rule = cell.stoppingRule
    let count = rule == nil ? nil : runs.map(\.test.episodes).min()
    func common<Element>(_ all: [Element]) -> [Element] { count.map { Array(all.prefix($0)) } ?? all }
    let share = runs.allSatisfy { common($0.test.digests) == common(runs[0].test.digests) }
    return Estimate(
      runs.map { common($0.test.scores(after: steps)) }, sharesEpisodes: share, rule: rule)
  }

  /// An error so many times the median has exploded.
  static let explosionFactor = 1000

  /// How many scores of all repeats exploded, and the median, which does not mind; nil if none did.
  func explosions(after steps: Int) -> (count: Int, total: Int, median: Double)? {
    let runs = done.filter { (0...$0.test.steps).contains(steps) }
    let scores = runs.flatMap { $0.test.scores(after: steps) }.map { $0.isFinite ? $0 : .infinity }
      .sorted()
    guard !scores.isEmpty else { return nil }
    let middle = scores.count / 2
    let median =
      scores.count.isMultiple(of: 2) ? (scores[middle - 1] + scores[middle]) / 2 : scores[middle]
    let count = scores.count { $0 == .infinity || $0 > median * Double(Self.explosionFactor) }
    return count == 0 ? nil : (count, scores.count, median)
  }
}
