import Algorithms
import Episodes

/// What a suite may name: the algorithms with their settings, the datasets with their splits.
///
/// A suite is checked against a catalog without opening a dataset. Learners are made, for that is
/// how a cell is found to be impossible, but not trained.
public struct Catalog: Sendable {
  /// An algorithm as suites see it; nil settings mean that it cannot learn such tasks.
  public struct Algorithm: Sendable {
    /// The name in suites.
    public let name: String
    /// The settings for classification.
    public let classification: [SettingDescription]?
    /// The settings for regression.
    public let regression: [SettingDescription]?
    /// What one training iteration learns from.
    public let trainsOn: TrainingUnit
    /// What it records of its adaptation to every test episode, by name.
    public let diagnostics: [String]
    /// What it once recorded and does no more, by name: results of that time may be asked about it.
    public let retiredDiagnostics: [String]
    /// What makes repeats with these settings differ.
    public let variesBy: @Sendable (Settings) -> Variation
    /// Makes a learner and forgets it: throws if there can be none, else returns whether it has
    /// anything to train. nil: every combination is possible, and all of them are trained.
    let make: (@Sendable (Settings, Problem) throws -> Bool)?

    /// An algorithm from its parts.
    ///
    /// - Parameter make: Makes a learner and forgets it: throws if there can be none, else returns
    ///   whether it has anything to train. nil: everything is possible and trained.
    public init(
      name: String, classification: [SettingDescription]?, regression: [SettingDescription]?,
      trainsOn: TrainingUnit = .metaBatch, diagnostics: [String] = [],
      retiredDiagnostics: [String] = [],
      variesBy: @escaping @Sendable (Settings) -> Variation = { _ in .training },
      make: (@Sendable (Settings, Problem) throws -> Bool)? = nil
    ) {
      self.name = name
      self.classification = classification
      self.regression = regression
      self.trainsOn = trainsOn
      self.diagnostics = diagnostics
      self.retiredDiagnostics = retiredDiagnostics
      self.variesBy = variesBy
      self.make = make
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
    /// The name in suites.
    public let name: String
    /// Classes of the training part. Of every part: 0 for regression.
    public let trainClasses: Int
    /// Classes of the validation part.
    public let validationClasses: Int
    /// Classes of the test part.
    public let testClasses: Int
    /// `Int.max` where there is no end of them.
    public let examplesPerClass: Int
    /// Hexadecimal SHA-256 of the split's named list, or of the generator's name and version; not
    /// of pixels.
    public let digest: String
    /// Numbers that describe the task of each example, for oracles.
    public let contextWidth: Int

    /// A split from its parts.
    public init(
      name: String, trainClasses: Int, validationClasses: Int, testClasses: Int,
      examplesPerClass: Int, digest: String, contextWidth: Int = 0
    ) {
      self.name = name
      self.trainClasses = trainClasses
      self.validationClasses = validationClasses
      self.testClasses = testClasses
      self.examplesPerClass = examplesPerClass
      self.digest = digest
      self.contextWidth = contextWidth
    }
  }

  /// A dataset as suites see it. The first split is the one meant when none is named.
  public struct Dataset: Sendable {
    /// The name in suites.
    public let name: String
    /// Whether targets are values: no classes, and the metric is loss.
    public let isRegression: Bool
    /// What inputs are; nil if not known, and then no learner is made to check a cell.
    public let inputKind: InputKind?
    /// At least one.
    public let splits: [Split]

    /// A dataset from its parts.
    public init(
      name: String, isRegression: Bool, inputKind: InputKind? = nil, splits: [Split]
    ) {
      precondition(!splits.isEmpty, "a dataset has at least one split")
      self.name = name
      self.isRegression = isRegression
      self.inputKind = inputKind
      self.splits = splits
    }
  }

  /// In the order in which lists show them.
  public let algorithms: [Algorithm]
  /// In the order in which lists show them.
  public let datasets: [Dataset]

  /// A catalog from its parts.
  public init(algorithms: [Algorithm], datasets: [Dataset]) {
    self.algorithms = algorithms
    self.datasets = datasets
  }

  func algorithm(named name: String) -> Algorithm? { algorithms.first { $0.name == name } }
  func dataset(named name: String) -> Dataset? { datasets.first { $0.name == name } }
}
