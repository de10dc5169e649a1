import Algorithms
import Episodes

extension Catalog {
  /// What the program has: all registered algorithms and datasets.
  public static var standard: Catalog {
    Catalog(
      algorithms: AlgorithmRegistry.all.map(Algorithm.init),
      datasets: Datasets.all.map(Dataset.init))
  }
}

extension Catalog.Algorithm {
  /// The algorithm of a description.
  public init(_ description: AlgorithmDescription) {
    func settings(isRegression: Bool) -> [SettingDescription]? {
      guard description.supports(regression: isRegression) else { return nil }
      return description.settings(isRegression: isRegression)
    }
    self.init(
      name: description.name, classification: settings(isRegression: false),
      regression: settings(isRegression: true), trainsOn: description.trainsOn,
      diagnostics: description.diagnostics, retiredDiagnostics: description.retiredDiagnostics,
      variesBy: description.variesBy,
      make: { try description.learner($0, for: $1).isTrained })
  }
}

extension Catalog.Dataset {
  /// The dataset of a description.
  public init(_ description: DatasetDescription) {
    self.init(
      name: description.name, isRegression: description.isRegression,
      inputKind: description.inputKind,
      splits: description.splits.map { split in
        Catalog.Split(
          name: split.name, trainClasses: split.classes[.train] ?? 0,
          validationClasses: split.classes[.validation] ?? 0,
          testClasses: split.classes[.test] ?? 0, examplesPerClass: split.examplesPerClass,
          digest: split.digest, contextWidth: split.contextWidth)
      })
  }
}
