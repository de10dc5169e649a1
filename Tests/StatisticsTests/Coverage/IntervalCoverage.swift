import Foundation
import Statistics

/// Simulated coverage of the intervals of one mean.
struct IntervalCoverage {
  static let accuracies = [0.5, 0.9, 0.99]
  static let counts = [100, 600, 1000]
  static let header = """
    | correlation | accuracy | episodes | normal | Student t | BCa bootstrap | bounded (Hall) \
    | width, bounded : t | tables |
    | ----------: | -------: | -------: | -----: | --------: | ------------: | -------------: \
    | -----------------: | -----: |
    """

  let correlation: Double
  let accuracy: Double
  let count: Int
  private(set) var normal = Share()
  private(set) var student = Share()
  private(set) var bootstrap = Share()
  private(set) var bounded = Share()
  /// What tables and claims take: Student's t, or `bounded` where that does not hold.
  private(set) var tables = Share()
  /// The mean width of the bounded interval, divided by that of Student's.
  private(set) var widthRatio = 0.0

  /// - Parameters:
  ///   - bootstraps: In how many of the `repetitions` the bootstrap is computed too.
  ///   - resamples: Of each bootstrap.
  init(
    correlation: Double, accuracy: Double, count: Int, repetitions: Int, bootstraps: Int,
    resamples: Int
  ) {
    (self.correlation, self.accuracy, self.count) = (correlation, accuracy, count)
    let population = ScorePopulation(mean: accuracy, correlation: correlation)
    var generator = TestGenerator(seed: UInt64(count) << 32 | UInt64(1000 * accuracy))
    var resampling = TestGenerator(seed: 7)
    var widths = (0.0, 0.0)
    func holds(_ interval: Interval) -> Bool {
      interval.lower <= accuracy && accuracy <= interval.upper
    }
    for repetition in 0..<repetitions {
      let scores = population.draw(count, &generator)
      let t = Interval(of: scores, over: .episodes)!
      let hall = Interval.bounded(of: scores, over: .episodes)!
      normal.count(holds(Interval.normal(of: scores, over: .episodes)!))
      student.count(holds(t))
      bounded.count(holds(hall))
      tables.count(holds(Interval.ofAccuracies(scores, over: .episodes)!))
      widths.0 += t.halfWidth!
      widths.1 += hall.halfWidth!
      guard repetition < bootstraps else { continue }
      bootstrap.count(
        holds(
          Interval.bcaBootstrap(of: scores, over: .episodes, resamples: resamples) {
            resampling.bits()
          }!))
    }
    widthRatio = widths.1 / widths.0
  }

  var row: String {
    "| \(correlation) | \(accuracy) | \(count) | \(normal.text) | \(student.text) "
      + "| \(bootstrap.text) | \(bounded.text) | \(String(format: "%.2f", widthRatio)) "
      + "| \(tables.text) |"
  }
}
