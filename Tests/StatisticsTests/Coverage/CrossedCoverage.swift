import Foundation
import Statistics

/// Simulated coverage of intervals for other units and other repeats, of the mean of one cell or the difference of two
/// that were tested on the same episodes.
struct CrossedCoverage {
  static let header = """
    | repeats | deviation of repeats | over episodes | combined | width |
    | ------: | -------------------: | ------------: | -------: | ----: |
    """

  let repeats: Int
  /// Of the repeats of each cell: one or two cells.
  let deviations: [Double]
  private(set) var overEpisodes = Share()
  private(set) var combined = Share()
  /// The median width of the combined interval, in widths of one that knows all variances.
  private(set) var width = 0.0

  /// Normal parts of a score: `deviations` between repeats, 0.06 between episodes and 0.03 more between a cell's, 0.04
  /// else, about what the committed results of MAML and ProtoNet have.
  init(repeats: Int, episodes: Int, deviations: [Double], repetitions: Int) {
    (self.repeats, self.deviations) = (repeats, deviations)
    var generator = TestGenerator(seed: UInt64(repeats) << 32 | UInt64(episodes) << 8 | UInt64(deviations.count))
    let isOne = deviations.count == 1
    let (n, r) = (Double(episodes), Double(repeats))
    let known = deviations.map { deviation in
      deviation * deviation / r + (isOne ? 0.0036 : 0.0009) / n + 0.0016 / (n * r)
    }.reduce(0, +)
    var widths: [Double] = []
    for _ in 0..<repetitions {
      let shared = (0..<episodes).map { _ in 0.06 * generator.normal() }
      let terms = deviations.enumerated().map { index, deviation -> CrossedDesign.Term in
        let own = isOne ? shared : shared.map { $0 + 0.03 * generator.normal() }
        let scores = (0..<repeats).map { _ in
          let shift = deviation * generator.normal()
          return own.map { $0 + shift + 0.04 * generator.normal() }
        }
        return .init(scores, weight: index == 0 ? 1 : -1, repeats: .drawn(index, kind: index))
      }
      let design = CrossedDesign(terms)!
      overEpisodes.count(design.overUnits.interval().contains(0))
      let both = design.combined()!
      combined.count(both.interval().contains(0))
      widths.append(both.halfWidth())
    }
    width = widths.sorted()[repetitions / 2] / (Normal.quantile(0.975) * known.squareRoot())
  }

  var row: String {
    let deviation = deviations.map { "\($0)" }.joined(separator: ", ")
    return "| \(repeats) | \(deviation) | \(overEpisodes.text) | \(combined.text) "
      + "| \(String(format: "%.2f", width)) |"
  }
}
