import Episodes
import Kinds
import Networks
import Statistics

extension FewShot {
  /// The protocol keys that suites may set.
  enum Keys {
    static let way = Setting("way", 1, atLeast: 1, "classes per episode")
    static let shot = Setting("shot", 1, atLeast: 1, example: "shot: [1, 5]", "support examples per class")

    // train
    static let iterations = Setting(
      KindDescription.iterationsKey, 0, atMost: 1e9, example: "iterations: 1000", "meta-updates")
    static let metaBatch = Setting("metaBatch", 1, atLeast: 1, "episodes per meta-update")
    static let trainQuery = Setting(
      "query", 1, atLeast: 1, "query examples per class of a training episode")
    static let validateEvery = Setting(
      "validateEvery", 0, atMost: 1e9, "a validation after so many iterations; 0 for none")
    static let validationEpisodes = Setting(
      "validationEpisodes", 100, atLeast: 2, "episodes per validation, shaped like test episodes")

    // test
    static let episodes = Setting(
      "episodes", SequentialWidth.mostEpisodes, atLeast: 2,
      "test episodes; the most there may be with 'until'")
    static let until = Setting(
      "until", 0.0, isLater: true, "the half-width of the 95 % interval that is wanted")
    static let query = Setting(
      "query", 1, atLeast: 1, example: "query: 15", "query examples per class of a test episode")
    static let batchNorm = Setting(
      "batchNorm", BatchNormPolicy.queryBatch, "whose statistics normalize queries")
    static let normalizeQueries = Setting(
      "normalizeQueries", QueryGrouping.all.text, isLater: true, noun: "queries",
      "which queries are normalized together: all, 'way x shot' or 'way x N'")
  }
}

extension BatchNormPolicy: SettingChoice {}
