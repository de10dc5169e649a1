import Foundation
import Statistics

/// Simulated coverage of the paired difference of two algorithms on shared episodes.
struct PairedCoverage {
  static let header = """
    | accuracies | episodes | coverage | variance ratio |
    | ---------: | -------: | -------: | -------------: |
    """

  let accuracies: (Double, Double)
  let count: Int
  private(set) var coverage = Share()
  private(set) var varianceRatio = 0.0

  /// Scores whose normal scores are correlated by 0.7, as those of related algorithms are.
  init(accuracies: (Double, Double), count: Int, repetitions: Int) {
    (self.accuracies, self.count) = (accuracies, count)
    let first = ScorePopulation(mean: accuracies.0)
    let second = ScorePopulation(mean: accuracies.1)
    var generator = TestGenerator(seed: UInt64(count) << 32 | UInt64(1000 * accuracies.0))
    for _ in 0..<repetitions {
      var (a, b): ([Double], [Double]) = ([], [])
      for _ in 0..<count {
        let (z, w) = (generator.normal(), generator.normal())
        a.append(first.score(at: Normal.cumulative(z)))
        b.append(second.score(at: Normal.cumulative(0.7 * z + 0.51.squareRoot() * w)))
      }
      let difference = PairedDifference(a, b)!
      let truth = accuracies.0 - accuracies.1
      coverage.count(difference.lower <= truth && truth <= difference.upper)
      varianceRatio += difference.varianceRatio / Double(repetitions)
    }
  }

  var row: String {
    "| \(accuracies.0), \(accuracies.1) | \(count) | \(coverage.text) "
      + "| \(String(format: "%.2f", varianceRatio)) |"
  }
}
