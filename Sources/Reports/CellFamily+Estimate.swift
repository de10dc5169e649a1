import Judgements

extension CellFamily {
  /// The test result after `steps` adaptation steps; nil if no repeat has it, or if the repeats were
  /// tested on different episodes, so that there is nothing that they have in common.
  func estimate(after steps: Int) -> Estimate? {
    let runs = done.filter { (0...$0.test.steps).contains(steps) && $0.test.episodes > 0 }
    guard !runs.isEmpty, sharesEpisodes else { return nil }
    // Until a half-width, each repeat goes on for as many episodes as it needs: those of all count.
    let rule = cell.stoppingRule
    let count = rule == nil ? nil : runs.map(\.test.episodes).min()
    func common<Element>(_ all: [Element]) -> [Element] { count.map { Array(all.prefix($0)) } ?? all }
    return Estimate(
      runs.map { common($0.test.scores(after: steps)) }, variesBy: cell.variesBy,
      isAccuracy: !cell.isRegression, rule: rule)
  }

  /// The scores of all repeats that exploded; nil if none did.
  func explosions(after steps: Int) -> Explosions? {
    Explosions(
      among: done.filter { (0...$0.test.steps).contains(steps) }
        .flatMap { $0.test.scores(after: steps) })
  }
}
