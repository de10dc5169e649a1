import Judgements
import Measures

extension CellFamily {
  /// The mean of a measure; nil if no repeat has it, or if the repeats were tested on different units, so that
  /// there is nothing that they have in common.
  func estimate(by measure: Measure) -> Estimate? {
    let runs = values(by: measure)
    guard !runs.isEmpty, sharesEpisodes else { return nil }
    // A sum of shares is none.
    let isShare = measure.reduction != .sum && done[0].test[measure.outcome]?.metric.isShare ?? false
    let isJudged = measure.outcome == nil || measure.outcome == cell.metric.name
    return Estimate(
      runs, variesBy: cell.variesBy, isAccuracy: isShare, rule: isJudged ? cell.stoppingRule : nil)
  }

  /// The numbers of all repeats that exploded; nil if none did.
  func explosions(by measure: Measure) -> Explosions? {
    Explosions(among: done.compactMap { $0.test.values(by: measure) }.flatMap(\.self))
  }
}
