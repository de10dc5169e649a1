import Foundation
import Statistics

/// How much more would decide a cell that is not, with 80 % power.
///
/// It is planned for a program that has not got worse; where that should be decided already, for
/// the difference that was measured.
public struct GateNeed: Sendable, Equatable, Encodable {
  /// Test episodes in all; nil if no more would do without more repeats.
  public let episodes: Int?
  /// Repeats of each side in all; nil if more episodes will do.
  public let repeats: Int?

  /// As in `About 1,400 test episodes`.
  public var text: String {
    switch (episodes, repeats) {
    case (let episodes?, _): "About \(episodes.grouped) test episodes"
    case (nil, let repeats?): "About \(repeats.grouped) repeats of each side"
    case (nil, nil): "Only a wider margin, for neither episodes nor repeats help"
    }
  }

  private static let power = 0.8

  /// What shows that the difference is above −margin or, where it lies beyond that, below zero.
  ///
  /// - Parameters:
  ///   - difference: Candidate minus baseline, above zero where it is better.
  ///   - alpha: Of this cell's test.
  ///   - least: The number of episodes below which nothing is shown.
  init(_ difference: CellDifference, margin: Double, alpha: Double, least: Int) {
    let plan = GateNeed(difference, toSee: margin, alpha: alpha, least: least)
    if let episodes = plan.episodes ?? plan.repeats.map({ _ in Int.max }),
      episodes > difference.episodes
    {
      self = plan
      return
    }
    let mean = difference.mean
    self.init(
      difference, toSee: mean > -margin ? margin + min(0, mean) : -mean, alpha: alpha, least: least)
  }

  /// What shows a difference of size `distance`.
  private init(
    _ difference: CellDifference, toSee distance: Double, alpha: Double, least: Int
  ) {
    let now = difference.estimate
    let count = difference.episodes
    // Less than four times what episodes alone would do, and it may well be nothing else.
    let areUnlike = now.repeats.map { $0.variance > 3 * now.noise } ?? false
    let z = Normal.quantile(Self.power)
    func isEnough(_ planned: CrossedDesign.Estimate) -> Bool {
      planned.halfWidth(confidence: 1 - 2 * alpha) + z * planned.variance.squareRoot() <= distance
    }
    // By episodes, with the repeats there are.
    func withEpisodes(_ wanted: Int) -> CrossedDesign.Estimate {
      let share = Double(wanted) / Double(count)
      var planned = now
      planned.units = .init(variance: now.units.variance / share, freedom: now.units.freedom * share)
      planned.noise /= share
      if !areUnlike { planned.repeats?.variance /= share }
      return planned
    }
    // More than a hundred times as many are as good as none: the repeats are what is missing.
    let most = max(100 * count, 100_000)
    if isEnough(withEpisodes(most)) {
      var (low, high) = (1, most)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if isEnough(withEpisodes(middle)) { high = middle } else { low = middle }
      }
      episodes = max(high, least, 2)
      repeats = nil
      return
    }
    episodes = nil
    let sides = difference.isPaired ? 1.0 : 2.0
    repeats = (2...1000).first { repeats in
      let factor = sides / Double(repeats) / difference.repeatFactor
      var planned = now
      planned.units.variance *= min(1, factor)
      planned.noise *= factor
      planned.repeats = .init(
        variance: areUnlike ? factor * now.repeats!.variance : 0, freedom: sides * Double(repeats - 1))
      return isEnough(planned)
    }
  }
}
