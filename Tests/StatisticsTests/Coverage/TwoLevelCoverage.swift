import Foundation
import Statistics

/// Simulated coverage of the intervals over episodes, repeats and both, as statements about what
/// other repeats on other episodes would give.
struct TwoLevelCoverage {
  static let header = """
    | repeats | episodes | deviation of repeats | over episodes | over repeats | combined |
    | ------: | -------: | -------------------: | ------------: | -----------: | -------: |
    """

  let repeats: Int
  let episodes: Int
  let deviation: Double
  private(set) var overEpisodes = Share()
  private(set) var overRepeats = Share()
  private(set) var combined = Share()

  /// Normal parts of a score: `deviation` between repeats, 0.06 between episodes, 0.04 else, about
  /// what the committed results of MAML and ProtoNet have.
  init(repeats: Int, episodes: Int, deviation: Double, repetitions: Int) {
    (self.repeats, self.episodes, self.deviation) = (repeats, episodes, deviation)
    var generator = TestGenerator(seed: UInt64(repeats) << 32 | UInt64(episodes))
    func holds(_ interval: Interval) -> Bool { interval.lower <= 0.9 && 0.9 <= interval.upper }
    for _ in 0..<repetitions {
      let shared = (0..<episodes).map { _ in 0.9 + 0.06 * generator.normal() }
      let scores = (0..<repeats).map { _ in
        let own = deviation * generator.normal()
        return shared.map { $0 + own + 0.04 * generator.normal() }
      }
      let levels = TwoLevelUncertainty(scores)!
      overEpisodes.count(holds(levels.overEpisodes))
      overRepeats.count(holds(levels.overRepeats))
      combined.count(holds(levels.combined!))
    }
  }

  var row: String {
    "| \(repeats) | \(episodes) | \(deviation) | \(overEpisodes.text) | \(overRepeats.text) "
      + "| \(combined.text) |"
  }
}
