import Algorithms
import Episodes

extension Catalog {
  /// All algorithms and datasets of this program.
  public static let standard = Catalog(
    algorithms: AlgorithmRegistry.all.map { algorithm in
      func settings(_ isRegression: Bool) -> [SettingDescription]? {
        algorithm.supports(regression: isRegression)
          ? algorithm.settings(isRegression: isRegression) : nil
      }
      return Algorithm(
        name: algorithm.name, classification: settings(false), regression: settings(true))
    },
    datasets: Datasets.all.map { dataset in
      Dataset(
        name: dataset.name, isRegression: dataset.isRegression,
        splits: dataset.splits.map { split in
          Split(
            name: split.name, trainClasses: split.classes[.train] ?? 0,
            validationClasses: split.classes[.validation] ?? 0,
            testClasses: split.classes[.test] ?? 0, examplesPerClass: split.examplesPerClass,
            digest: split.digest)
        })
    })
}
