import Kinds
import Measures

extension NeuralProcesses {
  /// The protocol keys that suites may set.
  enum Keys {
    static let targets = Setting("targets", 50, atLeast: 1, "points of a test function to predict; all of an image's")

    // train
    static let iterations = Setting(
      KindDescription.iterationsKey, 0, atMost: 1e9, example: "iterations: 10000", "updates")
    static let batch = Setting("batch", 16, atLeast: 1, "functions per update")
    static let fewestContexts = Setting(
      "fewestContexts", 3, atLeast: 1, "the fewest points that are told of a training function")
    static let mostContexts = Setting(
      "mostContexts", 10, atLeast: 1, "the most; how many is drawn for each function")
    static let points = Setting(
      "points", 20, atLeast: 1, "points of a training function to predict, those that are told among them")
    static let validateEvery = Setting(
      "validateEvery", 0, atMost: 1e9, "a validation after so many iterations; 0 for none")
    static let validationFunctions = Setting(
      "validationFunctions", 100, atLeast: 2, "functions per validation")

    // test
    static let functions = Setting("functions", 0, atLeast: 2, example: "functions: 500", "test functions")
  }
}

/// What a test measures, each by the number of points given.
enum Outcomes {
  /// Judged.
  static let nll = Metric("nll", "negative log-likelihood per target", better: .lower, scale: .real)
  /// Of what is expected.
  static let mse = Metric("mse", "mean squared error", better: .lower, scale: .real)
  /// That the system itself predicts.
  static let deviation = Metric(
    "deviation", "predicted standard deviation at the targets", better: .neither, scale: .real)
  /// Below 1 where a system is surer near what it was told.
  static let narrowing = Metric(
    "narrowing", "predicted standard deviation at the points told over that at the targets", better: .neither,
    scale: .real)
  /// Of systems that draw functions.
  static let drawn = Metric(
    "drawn-deviation", "standard deviation of the functions drawn", better: .neither, scale: .real)
}
