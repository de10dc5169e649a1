import Kinds
import Measures

extension AlphabetTrials {
  /// The protocol keys that suites may set.
  enum Keys {
    static let way = Setting("way", 20, atLeast: 2, "characters of a run, all of one alphabet")

    // train
    static let iterations = Setting(
      KindDescription.iterationsKey, 0, atMost: 1e9, example: "iterations: 3000", "updates")
    static let batch = Setting(
      "batch", 128, atLeast: 2, "pairs per update, every other one of the same character")
    static let validateEvery = Setting(
      "validateEvery", 0, atMost: 1e9, "a validation on all validation alphabets after so many iterations; 0 for none")

    // test
    static let alphabets = Setting(
      "alphabets", 2, atLeast: 2, example: "alphabets: 10", "test alphabets, from the first on")
    static let trials = Setting(
      "trials", Trials.drawn, noun: "trials",
      "whose runs are judged: drawn here, or the official ones that the split has")
    static let runs = Setting(
      "runs", 10, atLeast: 1, "drawn runs of each alphabet, in which every character is a query once")
    static let pairs = Setting(
      "pairs", 200, atLeast: 2, "pairs of each alphabet to be called same or different, half of them the same")
  }

  /// Whose runs are judged.
  enum Trials: String, SettingChoice { case drawn, official }

  /// What a test measures besides the judged outcome.
  enum Outcomes {
    /// Where official runs are judged.
    static let drawn = Metric(
      "drawn-accuracy", "accuracy in runs drawn at random", better: .higher, scale: .share)
    static let verification = Metric(
      "verification-accuracy", "share of pairs rightly called same or different", better: .higher, scale: .share)
  }
}
