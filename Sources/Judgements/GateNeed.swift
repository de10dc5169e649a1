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
    case (let episodes?, _): "About \(Wording.count(episodes)) test episodes"
    case (nil, let repeats?): "About \(Wording.count(repeats)) repeats of each side"
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
  init(_ difference: RetrainedDifference, margin: Double, alpha: Double, least: Int) {
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
    _ difference: RetrainedDifference, toSee distance: Double, alpha: Double, least: Int
  ) {
    let now = difference.episodes
    let z = Normal.quantile(Self.power)
    let wanted = { (freedom: Double) in
      let error = distance / (StudentT(degreesOfFreedom: freedom).quantile(1 - alpha) + z)
      return error * error
    }
    // By episodes, with the repeats there are.
    let between = difference.repeatFactor * difference.trainingVariance
    let left = wanted(difference.degreesOfFreedom) - between
    let count = left > 0 ? (difference.episodeVariance / left).rounded(.up) : .infinity
    // More than a hundred times as many are as good as none: the repeats are what is missing.
    if count < Double(max(100 * now, 100_000)) {
      episodes = max(Int(count), least, 2)
      repeats = nil
      return
    }
    episodes = nil
    let within = difference.episodeVariance / Double(now)
    repeats = (2...1000).first { repeats in
      let factor = 2 / Double(repeats)
      let variance = factor * difference.trainingVariance
        + within * min(1, factor / difference.repeatFactor)
      return variance <= wanted(2 * Double(repeats - 1))
    }
  }
}
