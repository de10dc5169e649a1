import Kinds
import Synchronization

/// What one training iteration of an algorithm learns from.
public enum TrainingUnit: String, Hashable, Sendable {
  /// A meta-batch of episodes.
  case metaBatch
  /// One episode.
  case episode
  /// A minibatch of ordinary examples: no episodes.
  case examples
}

/// The description of an algorithm, and how to make one.
public struct AlgorithmDescription: Sendable {
  /// The name in suites.
  public let name: String
  /// A short summary for lists.
  public let summary: String
  /// The paper it comes from.
  public let reference: String
  /// What one training iteration learns from.
  public let trainsOn: TrainingUnit
  /// The names of the diagnostics that its predictors may give.
  public let diagnostics: [String]
  /// The names of diagnostics that are recorded no more: older results hold them, and the suites that
  /// those keep may ask about them.
  public let retiredDiagnostics: [String]
  /// The settings for classification; nil where it cannot classify.
  let classification: [SettingDescription]?
  /// The settings for regression; nil where it cannot regress.
  let regression: [SettingDescription]?
  /// What makes repeats with these settings differ.
  public let variesBy: @Sendable (Settings) -> Variation
  private let make: @Sendable (Settings, Problem) throws -> any Learner

  /// - Parameters:
  ///   - classification: The settings for classification; nil where it cannot classify.
  ///   - regression: The settings for regression; nil where it cannot regress.
  ///   - trainsOn: What one training iteration learns from.
  ///   - diagnostics: The names of the diagnostics that its predictors may give.
  ///   - retiredDiagnostics: The names of those that they once gave.
  ///   - variesBy: What makes repeats differ, from settings as `make` gets them.
  ///   - make: A learner for a problem, from settings in which every name above has a value.
  public init(
    name: String, summary: String, reference: String, classification: [SettingDescription]?,
    regression: [SettingDescription]?, trainsOn: TrainingUnit = .metaBatch,
    diagnostics: [String] = [], retiredDiagnostics: [String] = [],
    variesBy: @escaping @Sendable (Settings) -> Variation = { _ in .training },
    make: @escaping @Sendable (Settings, Problem) throws -> any Learner
  ) {
    self.name = name
    self.summary = summary
    self.reference = reference
    self.trainsOn = trainsOn
    self.diagnostics = diagnostics
    self.retiredDiagnostics = retiredDiagnostics
    self.classification = classification
    self.regression = regression
    self.variesBy = variesBy
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
  /// Every algorithm, in the order in which lists show them: those that are shipped, then those that
  /// were added.
  public static var all: [AlgorithmDescription] { shipped + added.withLock { $0 } }

  /// Adds an algorithm of another package. To be done before suites are read.
  ///
  /// - Precondition: Its name is not taken.
  public static func add(_ algorithm: AlgorithmDescription) {
    precondition(named(algorithm.name) == nil, "there is an algorithm '\(algorithm.name)' already")
    added.withLock { $0.append(algorithm) }
  }

  private static let added = Mutex<[AlgorithmDescription]>([])

  private static let shipped: [AlgorithmDescription] = [
    MAML.description,
    MAML.firstOrderDescription,
    MetaSGD.description,
    MetaCurvature.description,
    TNet.description,
    TNet.maskedDescription,
    ANIL.description,
    NIL.description,
    ProtoMAML.description,
    Reptile.description,
    WarpGrad.description,
    MetaLSTM.description,
    ProtoNet.description,
    MatchingNets.description,
    RelationNets.description,
    ConditionalProcess.description,
    NeuralStatistician.description,
    NearestNeighbor.description,
    GoodEmbedding.description,
    FineTuning.description,
    FromScratch.description,
    MultiTask.description,
    Oracle.description,
  ]

  /// The algorithm of that name, or nil.
  public static func named(_ name: String) -> AlgorithmDescription? {
    all.first { $0.name == name }
  }
}
