import Kinds

/// Where a suite says what a cell is, for errors and explanations.
struct DraftPlaces {
  var algorithm: SourcePlace
  var grid: SourcePlace
  var train: SourcePlace
  var test: SourcePlace
  /// Of all values that are not at their defaults: `way`, `train.iterations`, `settings.innerRate` and so on.
  var values: [String: ValueOrigin]

  /// An error of a kind, at its place in the file.
  func error(_ error: PlanError, algorithm: String, dataset: String) -> SuiteError {
    let place = error.paths.lazy.compactMap { values[$0]?.place }.first
    switch error.fault {
    case .missing(let example):
      let parts = error.paths[0].split(separator: ".").map(String.init)
      guard parts.count == 2 else {
        return .missingKey(grid, key: error.paths[0], section: "grid", example: example)
      }
      return .missingKey(
        parts[0] == "train" ? train : test, key: parts[1], section: "protocol.\(parts[0])",
        example: example)
    case .impossible(let sentence):
      return .impossiblePlan(place ?? grid, sentence)
    case .refused(let reason):
      return .impossible(place ?? self.algorithm, algorithm: algorithm, dataset: dataset, reason: reason)
    }
  }
}
