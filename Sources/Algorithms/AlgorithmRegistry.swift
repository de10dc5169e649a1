/// What one training iteration of an algorithm learns from.
public enum TrainingUnit: String, Hashable, Sendable {
  /// A meta-batch of episodes.
  case metaBatch
  /// One episode.
  case episode
  /// A minibatch of ordinary examples: no episodes.
  case examples
}

/// What is known of an algorithm without making one, and how one is made.
public struct AlgorithmDescription: Sendable {
  /// The name in suites.
  public let name: String
  /// What it does, in half a sentence, as lists show it.
  public let summary: String
  /// The paper it comes from.
  public let reference: String
  /// What one training iteration learns from.
  public let trainsOn: TrainingUnit
  /// The names of the diagnostics that its predictors may give.
  public let diagnostics: [String]
  /// The settings for classification; nil where it cannot classify.
  let classification: [SettingDescription]?
  /// The settings for regression; nil where it cannot regress.
  let regression: [SettingDescription]?
  private let make: @Sendable (Settings, Problem) throws -> any Learner

  /// - Parameters:
  ///   - classification: The settings for classification; nil where it cannot classify.
  ///   - regression: The settings for regression; nil where it cannot regress.
  ///   - trainsOn: What one training iteration learns from.
  ///   - diagnostics: The names of the diagnostics that its predictors may give.
  ///   - make: A learner for a problem, from settings in which every name above has a value.
  public init(
    name: String, summary: String, reference: String, classification: [SettingDescription]?,
    regression: [SettingDescription]?, trainsOn: TrainingUnit = .metaBatch,
    diagnostics: [String] = [],
    make: @escaping @Sendable (Settings, Problem) throws -> any Learner
  ) {
    self.name = name
    self.summary = summary
    self.reference = reference
    self.trainsOn = trainsOn
    self.diagnostics = diagnostics
    self.classification = classification
    self.regression = regression
    self.make = make
  }

  /// Whether the algorithm can learn from tasks of this kind.
  public func supports(regression isRegression: Bool) -> Bool {
    (isRegression ? regression : classification) != nil
  }

  /// The settings for tasks of one kind, with their defaults; empty where it is not supported.
  public func settings(isRegression: Bool) -> [SettingDescription] {
    (isRegression ? regression : classification) ?? []
  }

  /// A learner for a problem.
  ///
  /// - Throws: ``AlgorithmError`` if it cannot be made for this kind of problem.
  public func learner(_ settings: Settings, for problem: Problem) throws -> any Learner {
    guard supports(regression: problem.isRegression) else {
      throw AlgorithmError.needsClasses(name)
    }
    return try make(settings, problem)
  }
}

/// All algorithms, by name.
public enum AlgorithmRegistry {
  /// Every algorithm, in the order in which lists show them.
  public static let all: [AlgorithmDescription] = [
    AlgorithmDescription(
      name: "maml", summary: "gradient steps from meta-learned parameters, exact meta-gradient",
      reference: "Finn, Abbeel, Levine 2017",
      classification: MAML.settings(isRegression: false),
      regression: MAML.settings(isRegression: true),
      diagnostics: [Diagnostic.supportAccuracy, Diagnostic.supportLoss]
    ) { try MAML($0, $1, isFirstOrder: false) },
    AlgorithmDescription(
      name: "fomaml", summary: "MAML whose meta-gradient leaves out second derivatives",
      reference: "Finn, Abbeel, Levine 2017, section 5.2",
      classification: MAML.settings(isRegression: false),
      regression: MAML.settings(isRegression: true),
      diagnostics: [Diagnostic.supportAccuracy, Diagnostic.supportLoss]
    ) { try MAML($0, $1, isFirstOrder: true) },
    AlgorithmDescription(
      name: "protonet", summary: "distances to the mean embedding of each class",
      reference: "Snell, Swersky, Zemel 2017",
      classification: ProtoNet.settings, regression: nil, trainsOn: .episode
    ) { try ProtoNet($0, $1) },
    AlgorithmDescription(
      name: "nearest-neighbor", summary: "the class of the nearest support example",
      reference: "Ravi, Larochelle 2017, baseline",
      classification: NearestNeighbor.settings, regression: nil, trainsOn: .examples
    ) { try NearestNeighbor($0, $1) },
    AlgorithmDescription(
      name: "fine-tuning", summary: "a pretrained network fine-tuned on each support set",
      reference: "Ravi, Larochelle 2017, baseline; Finn, Abbeel, Levine 2017, figure 2",
      classification: FineTuning.settings(isRegression: false),
      regression: FineTuning.settings(isRegression: true), trainsOn: .examples,
      diagnostics: [Diagnostic.supportAccuracy, Diagnostic.supportLoss]
    ) { try FineTuning($0, $1) },
  ]

  /// The algorithm of that name, or nil.
  public static func named(_ name: String) -> AlgorithmDescription? {
    all.first { $0.name == name }
  }
}
