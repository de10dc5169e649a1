import Judgements
import Measures

extension CellFamily {
  /// The mean of a measure; nil if no repeat has it, or if the repeats were tested on different units, so that
  /// there is nothing that they have in common.
  func estimate(by measure: Measure) -> Estimate? {
    let runs = values(by: measure)
    guard !runs.isEmpty, sharesEpisodes else { return nil }
    let isShare = done[0].test[measure.outcome]?.metric.isShare ?? false
    return Estimate(
      runs, variesBy: cell.variesBy, isAccuracy: isShare,
      rule: measure.outcome == nil ? cell.stoppingRule : nil)
  }

  /// The numbers of all repeats that exploded; nil if none did.
  func explosions(by measure: Measure) -> Explosions? {
    Explosions(among: done.compactMap { $0.test.values(by: measure) }.flatMap(\.self))
  }
}
