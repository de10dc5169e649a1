import Episodes
import Kinds
import Measures
import Networks
import Statistics

/// Few-shot learning: a system is trained on many tasks and then learns each test episode from a support
/// set, to be judged on its queries.
///
/// An episode has `way` classes with `shot` support and `query` query examples of each (regression: points
/// of one function). Its score is the accuracy, or the mean squared error, after every number of
/// adaptation steps.
public struct FewShot: ExperimentKind {
  /// A learner, and what one of its training iterations learns from.
  public struct System: Sendable {
    /// Learns, and adapts to episodes.
    public let learner: any Learner
    /// What one training iteration learns from.
    public let trainsOn: TrainingUnit
  }

  public let values: CellValues
  /// Classes per episode; 1 for regression.
  public let way: Int
  /// Support examples per class (regression: points).
  public let shot: Int
  /// Query examples per class of a test episode.
  public let query: Int
  /// Which queries are passed together, where their own statistics normalize them.
  let grouping: QueryGrouping

  public static let description = KindDescription(
    name: FirstKind.name, summary: "learn each episode from a support set, be judged on its queries",
    unit: .episode, judged: [.accuracy, .loss], outcomeAxes: [OutcomeAxis.steps],
    axisNames: [Keys.way.name, Keys.shot.name],
    axes: { dataset in
      .of(dataset.isRegression ? Keys.way : Keys.way.with(atLeast: 2, example: "way: [5]"), Keys.shot)
    },
    training: .of(
      Keys.iterations, Keys.metaBatch, Keys.trainQuery, Keys.validateEvery, Keys.validationEpisodes),
    testing: .of(Keys.episodes, Keys.until, Keys.query, Keys.batchNorm, Keys.normalizeQueries),
    fixable: [Keys.batchNorm.name, Keys.normalizeQueries.name],
    // With running averages systems are trained otherwise.
    testKeysOfTraining: [Keys.batchNorm.name], countKeys: [Keys.episodes.name, Keys.until.name])

  public init(_ values: CellValues) throws {
    self.values = values
    way = values.axes[Keys.way]
    shot = values.axes[Keys.shot]
    query = values.testing[Keys.query]
    grouping = try Self.grouping(values)
    try checkTest()
  }

  /// Whether targets are values, and the metric is the loss.
  public var isRegression: Bool { values.dataset.isRegression }

  /// The shape of test and validation episodes.
  public var testShape: EpisodeShape { EpisodeShape(way: way, shot: shot, query: query) }

  /// What a learner is made for.
  var problem: Problem {
    Problem(
      inputKind: values.dataset.inputKind,
      training: EpisodeShape(way: way, shot: shot, query: values.training[Keys.trainQuery]),
      metaBatch: values.training[Keys.metaBatch], iterations: values.training[Keys.iterations],
      trainingClasses: isRegression ? nil : values.split.classes[.train] ?? 0,
      batchNorm: values.testing[Keys.batchNorm], contextWidth: values.split.contextWidth)
  }

  public func effort(of system: System) -> Effort {
    let until = values.testing[Keys.until]
    return Effort(
      iterations: values.training[Keys.iterations],
      unitsPerIteration: system.trainsOn == .metaBatch ? values.training[Keys.metaBatch] : nil,
      validateEvery: values.training[Keys.validateEvery],
      validationUnits: values.training[Keys.validationEpisodes], units: values.testing[Keys.episodes],
      until: until > 0 ? until : nil,
      // Networks of regression are too small to be spread.
      spreads: !isRegression)
  }

  /// Of one task or a stack of them, a minibatch of pretraining, or the scores of all test episodes.
  public func footprint(of system: System) -> Footprint {
    let shape = values.settings.trainingShape(problem.training)
    func examples(_ task: EpisodeShape) -> Double { Double(task.way) * Double(task.shot + task.query) }
    let pretraining = Double(values.settings[ifPresent: Pretraining.batch] ?? 0)
    let shapes = system.learner.parameters.map(\.shape)
    // Tasks of small networks are trained as one stack, each with parameters of its own.
    let tasks = isRegression && system.trainsOn == .metaBatch ? Double(values.training[Keys.metaBatch]) : 1
    return Footprint(
      training: shapes, examples: max(examples(testShape), tasks * examples(shape), pretraining),
      of: values.dataset.inputKind,
      besides: 2 * (tasks - 1) * shapes.reduce(0) { $0 + Footprint.count($1) } + 2 * Double(values.testing[Keys.episodes]) * Double(1 + (system.learner.adaptationSteps ?? 0)))
  }

  public var coordinates: Coordinates {
    Coordinates([
      .init(Keys.way.name, .integer(way)), .init(Keys.shot.name, .integer(shot)),
      .init(Keys.query.name, .integer(query)),
    ])
  }

  public func metrics(of system: System) -> [Metric] { [isRegression ? .loss : .accuracy] }

  public func axes(of outcome: String, by system: System) -> [OutcomeAxis]? {
    guard outcome == metrics(of: system)[0].name, let steps = system.learner.adaptationSteps else { return nil }
    return [OutcomeAxis(OutcomeAxis.steps, 0...steps)]
  }

  public func isTrained(_ system: System) -> Bool { system.learner.isTrained }

  public func run(_ system: System, in context: RunContext) throws -> any CellRun {
    try FewShotRun(system.learner, self, in: context)
  }

  public func examplesNeeded(of part: Part, by system: System) -> Int {
    switch part {
    case .test: return shot + query
    case .validation:
      let validates = isTrained(system) && values.training[Keys.validateEvery] > 0
      return validates || values.isTuned ? shot + query : 0
    case .train:
      guard isTrained(system), system.trainsOn != .examples else { return 0 }
      let shape = values.settings.trainingShape(problem.training)
      return shape.shot + shape.query
    }
  }
}
