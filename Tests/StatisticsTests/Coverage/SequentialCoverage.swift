import Foundation
import Statistics

/// Simulated coverage of the interval that sampling until a wanted half-width ends with.
struct SequentialCoverage {
  static let header = """
    | half-width | accuracy | episodes on average | 5 % to 95 % | coverage |
    | ---------: | -------: | ------------------: | ----------: | -------: |
    """

  let halfWidth: Double
  let accuracy: Double
  private(set) var coverage = Share()
  private(set) var counts: [Int] = []

  init(halfWidth: Double, accuracy: Double, repetitions: Int) {
    (self.halfWidth, self.accuracy) = (halfWidth, accuracy)
    let population = ScorePopulation(mean: accuracy)
    let rule = SequentialWidth(halfWidth: halfWidth)
    var generator = TestGenerator(seed: UInt64(1000 * accuracy))
    for _ in 0..<repetitions {
      var scores: [Double] = []
      while let count = rule.needsMore(scores) {
        scores += population.draw(count - scores.count, &generator)
      }
      let interval = rule.interval(scores)!
      coverage.count(interval.lower <= accuracy && accuracy <= interval.upper)
      counts.append(scores.count)
    }
    counts.sort()
  }

  var row: String {
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    let (low, high) = (counts[counts.count / 20], counts[counts.count * 19 / 20])
    return "| \(halfWidth) | \(accuracy) | \(Int(mean.rounded())) | \(low) to \(high) "
      + "| \(coverage.text) |"
  }
}
