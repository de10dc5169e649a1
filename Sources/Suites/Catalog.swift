import Algorithms

/// What a suite may name: the algorithms with their settings, the datasets with their splits.
///
/// A suite is checked against a catalog without making an algorithm or opening a dataset.
public struct Catalog: Sendable {
  /// An algorithm as suites see it; nil settings mean that it cannot learn such tasks.
  public struct Algorithm: Sendable {
    public let name: String
    public let classification: [SettingDescription]?
    public let regression: [SettingDescription]?

    public init(
      name: String, classification: [SettingDescription]?, regression: [SettingDescription]?
    ) {
      self.name = name
      self.classification = classification
      self.regression = regression
    }

    func settings(isRegression: Bool) -> [SettingDescription]? {
      isRegression ? regression : classification
    }

    /// The names of all settings, each once.
    var settingNames: [String] {
      let names = (classification ?? []).map(\.name)
      return names + (regression ?? []).map(\.name).filter { !names.contains($0) }
    }
  }

  /// A named split of a dataset.
  public struct Split: Sendable {
    public let name: String
    /// The classes of each part; zero for regression.
    public let trainClasses: Int
    public let validationClasses: Int
    public let testClasses: Int
    /// `Int.max` where there is no end of them.
    public let examplesPerClass: Int
    /// Hexadecimal SHA-256 of everything that episodes of the split are made from.
    public let digest: String

    public init(
      name: String, trainClasses: Int, validationClasses: Int, testClasses: Int,
      examplesPerClass: Int, digest: String
    ) {
      self.name = name
      self.trainClasses = trainClasses
      self.validationClasses = validationClasses
      self.testClasses = testClasses
      self.examplesPerClass = examplesPerClass
      self.digest = digest
    }
  }

  /// A dataset as suites see it. The first split is the one meant when none is named.
  public struct Dataset: Sendable {
    public let name: String
    public let isRegression: Bool
    public let splits: [Split]

    public init(name: String, isRegression: Bool, splits: [Split]) {
      precondition(!splits.isEmpty, "a dataset has at least one split")
      self.name = name
      self.isRegression = isRegression
      self.splits = splits
    }
  }

  public let algorithms: [Algorithm]
  public let datasets: [Dataset]

  public init(algorithms: [Algorithm], datasets: [Dataset]) {
    self.algorithms = algorithms
    self.datasets = datasets
  }

  func algorithm(named name: String) -> Algorithm? { algorithms.first { $0.name == name } }
  func dataset(named name: String) -> Dataset? { datasets.first { $0.name == name } }
}
