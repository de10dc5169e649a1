import Kinds

extension OnlineSequences {
  /// The protocol keys that suites may set.
  enum Keys {
    static let classes = Setting("classes", 1, atLeast: 1, "classes of a sequence")
    static let showings = Setting(
      "showings", 10, atLeast: 1, "how often each class is shown; for regression, points of a sequence")

    // train
    static let iterations = Setting(
      KindDescription.iterationsKey, 0, atMost: 1e9, example: "iterations: 10000", "updates")
    static let batch = Setting("batch", 16, atLeast: 1, "sequences per update")
    static let validateEvery = Setting(
      "validateEvery", 0, atMost: 1e9, "a validation after so many iterations; 0 for none")
    static let validationSequences = Setting(
      "validationSequences", 100, atLeast: 2, "sequences per validation")

    // test
    static let sequences = Setting(
      "sequences", 0, atLeast: 2, example: "sequences: 500", "test sequences")
  }
}
