import Episodes
import Kinds
import Measures

/// Regression from a few points with a distribution as the answer: a system is told some points of a function,
/// and says of others what it expects, and how far off it may be.
///
/// Functions are the curves of a regression dataset, or images as functions of the place. Each test function is
/// predicted from more and more of its points, so that all numbers of contexts share their targets.
///
/// Reference: Garnelo, Rosenbaum, Maddison, Ramalho, Saxton, Shanahan, Teh, Rezende, Eslami (2018), Conditional
/// neural processes, sections 2 and 4.1, 4.2.
public struct NeuralProcesses: ExperimentKind {
  public let values: CellValues
  /// Target points of a test function.
  public let targets: Int
  /// How many points of a training function are given; drawn for each function.
  let contexts: ClosedRange<Int>

  public static let description = KindDescription(
    name: "neural-process", summary: "predict a function, and how sure that is, from a few of its points",
    unit: ReplicationUnit("function", plural: "functions"), judged: [Outcomes.nll],
    recorded: [Outcomes.mse, Outcomes.deviation, Outcomes.narrowing], outcomeAxes: ["contexts"],
    needs: [.episodes, .images], axisNames: [Keys.targets.name],
    axes: { dataset in .of(Keys.targets.with(pixels(of: dataset) ?? 50)) },
    training: .of(
      Keys.iterations, Keys.batch, Keys.fewestContexts, Keys.mostContexts, Keys.points, Keys.validateEvery,
      Keys.validationFunctions),
    testing: .of(Keys.functions), countKeys: [Keys.functions.name])

  public init(_ values: CellValues) throws {
    self.values = values
    targets = values.axes[Keys.targets]
    let (fewest, most) = (values.training[Keys.fewestContexts], values.training[Keys.mostContexts])
    contexts = min(fewest, most)...most
    try check()
  }

  /// Functions per training iteration.
  var batch: Int { values.training[Keys.batch] }

  /// Points of a training function, including the given ones.
  var points: Int { values.training[Keys.points] }

  /// Numbers that say where a point is.
  public var coordinateCount: Int {
    switch values.dataset.inputKind {
    case .images: 2
    case .vectors(let features): features
    }
  }

  /// Numbers of a function's value.
  public var outputs: Int {
    guard case .images(let channels, _, _) = values.dataset.inputKind else { return 1 }
    return channels
  }

  /// Pixels of a dataset's images; nil where it has none.
  static func pixels(of dataset: DatasetDescription) -> Int? {
    guard case .images(_, let height, let width) = dataset.inputKind else { return nil }
    return height * width
  }

  public func effort(of system: any FunctionLearner) -> Effort {
    Effort(
      iterations: values.training[Keys.iterations], unitsPerIteration: batch,
      validateEvery: values.training[Keys.validateEvery],
      validationUnits: values.training[Keys.validationFunctions], units: values.testing[Keys.functions])
  }

  /// Of a batch of functions, or of those that are drawn of a test function.
  public func footprint(of system: any FunctionLearner) -> Footprint {
    let drawn = Double(targets) * Double(system.drawCount ?? 1)
    return Footprint(
      training: Footprint.shapes(of: system),
      examples: max(Double(batch) * Double(points), drawn), of: .vectors(coordinateCount + outputs),
      // How the points of a function depend on each other, in double precision.
      besides: 4 * Double(max(targets, points)) * Double(max(targets, points)))
  }

  public var coordinates: Coordinates { Coordinates([.init(Keys.targets.name, .integer(targets))]) }

  /// For systems that draw functions, also how far the draws differ.
  public func metrics(of system: any FunctionLearner) -> [Metric] {
    Self.description.judged + Self.description.recorded + (system.drawCount != nil ? [Outcomes.drawn] : [])
  }

  public func axes(of outcome: String, by system: any FunctionLearner) -> [OutcomeAxis]? { [axis] }

  /// How many points are given.
  var axis: OutcomeAxis { OutcomeAxis("contexts", places.map(Double.init)) }

  /// Of a curve 1, 3, 5, 10 and 20 points; of an image up to all pixels.
  var places: [Int] {
    guard let pixels = Self.pixels(of: values.dataset) else { return [1, 3, 5, 10, 20] }
    return [1, 10, 30, 100, 300].filter { $0 < pixels } + [pixels]
  }

  public func isTrained(_ system: any FunctionLearner) -> Bool { system.isTrained }

  public func run(_ system: any FunctionLearner, in context: RunContext) throws -> any CellRun {
    func run(_ learner: some FunctionLearner) throws -> any CellRun {
      try FunctionRun(learner, self, in: context)
    }
    return try run(system)
  }
}
