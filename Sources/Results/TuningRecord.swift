import Measures

/// How a cell chose settings: what it tried on validation units, and what that cost.
public struct TuningRecord: Sendable, Equatable {
  /// One choice of values, trained for a while and tested.
  public struct Trial: Sendable, Equatable {
    /// The settings with their values.
    public var values: Coordinates
    /// One score per validation unit; empty if it diverged.
    public var scores: [Double]
    /// The training iterations that were made.
    public var iterations: Int
    /// Seconds of training and testing. Never part of what must be equal.
    public var seconds: Double

    /// A trial from its parts.
    public init(values: Coordinates, scores: [Double], iterations: Int, seconds: Double) {
      self.values = values
      self.scores = scores
      self.iterations = iterations
      self.seconds = seconds
    }

    /// The mean score; nil if it diverged.
    public var score: Double? {
      scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
  }

  /// In the order in which they were made.
  public var trials: [Trial]
  /// The index of the trial whose values the cell was trained with.
  public var chosen: Int

  /// A record from its parts.
  public init(trials: [Trial], chosen: Int) {
    self.trials = trials
    self.chosen = chosen
  }

  /// What is best of some trials: the best mean score and, of several, the first; nil if all diverged.
  public static func best(of trials: [Trial], by metric: Metric) -> Int? {
    func isBetter(_ one: Double, _ other: Double) -> Bool {
      metric.direction == .lower ? one < other : one > other
    }
    return trials.indices.filter { trials[$0].score != nil }.reduce(nil) { best, index in
      best.flatMap { isBetter(trials[index].score!, trials[$0].score!) ? nil : $0 } ?? index
    }
  }

  /// The values that were chosen.
  public var values: Coordinates { trials[chosen].values }

  /// What all trials took.
  public var seconds: Double { trials.reduce(0) { $0 + $1.seconds } }
}
