import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Suites

// Algorithms and datasets that exist by name only, so that no test depends on what is really shipped.

extension Catalog {
  /// Few-shot learning with these algorithms.
  public init(algorithms: [AlgorithmDescription], datasets: [DatasetDescription]) {
    self.init(
      kinds: [RegisteredKind(FewShot.self, systems: algorithms.map(SystemDescription.init))],
      datasets: datasets)
  }
}

extension AlgorithmDescription {
  /// An algorithm that learns nothing.
  ///
  /// - Parameter isTrained: What it says of itself.
  public init(
    name: String, classification: [SettingDescription]?, regression: [SettingDescription]? = nil,
    trainsOn: TrainingUnit = .metaBatch, diagnostics: [String] = [],
    variesBy: @escaping @Sendable (Settings) -> Variation = { _ in .training },
    isTrained: @escaping @Sendable (Settings) -> Bool = { _ in true }
  ) {
    self.init(
      name: name, summary: "", reference: "", classification: classification, regression: regression,
      trainsOn: trainsOn, diagnostics: diagnostics, variesBy: variesBy
    ) { settings, _ in Idle(isTrained: isTrained(settings)) }
  }
}

/// A learner that is never asked to do anything.
private struct Idle: Learner {
  let isTrained: Bool
  var parameters: [ParameterDescription] { [] }
  func initialState(from random: RandomStream) -> LearnerState { .empty }
  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  { preconditionFailure("it is not trained") }
  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    preconditionFailure("it is not tested")
  }
}

extension DatasetDescription {
  /// A dataset that cannot be opened.
  public init(name: String, isRegression: Bool, splits: [SplitDescription]) {
    self.init(
      name: name, summary: "",
      inputKind: isRegression ? .vectors(1) : .images(channels: 1, height: 28, width: 28), isRegression: isRegression, splits: splits)
  }
}

extension SplitDescription {
  /// A split without a list.
  public init(
    name: String, trainClasses: Int, validationClasses: Int, testClasses: Int, examplesPerClass: Int,
    digest: String
  ) {
    self.init(
      name: name, summary: "",
      classes: [.train: trainClasses, .validation: validationClasses, .test: testClasses],
      examplesPerClass: examplesPerClass, digest: digest)
  }
}
