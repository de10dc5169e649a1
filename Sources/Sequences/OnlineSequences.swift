import Episodes
import Kinds
import Measures

/// Online learning of short sequences: a system sees an input, answers, and is then told the target, which it
/// sees together with the next input.
///
/// A sequence shows each of some classes equally often, in random order and under labels of its own
/// (regression: points of one function). Its score is the accuracy by how often a class has been shown, or the
/// squared error by position.
///
/// Reference: Santoro, Bartunov, Botvinick, Wierstra, Lillicrap (2016), Meta-learning with memory-augmented
/// neural networks, section 2.2.
public struct OnlineSequences: ExperimentKind {
  public typealias System = any SequenceLearner

  public let values: CellValues
  /// The shape of test and validation sequences.
  public let shape: SequenceShape

  public static let description = KindDescription(
    name: "online-sequences", summary: "answer each input of a sequence, then be told what it was",
    unit: ReplicationUnit("sequence", plural: "sequences"), judged: [.accuracy, .loss],
    outcomeAxes: ["showing", "position"],
    axisNames: [Keys.classes.name, Keys.showings.name],
    axes: { dataset in
      .of(
        dataset.isRegression ? Keys.classes : Keys.classes.with(atLeast: 2, example: "classes: [5]"),
        Keys.showings)
    },
    training: .of(Keys.iterations, Keys.batch, Keys.validateEvery, Keys.validationSequences),
    testing: .of(Keys.sequences), countKeys: [Keys.sequences.name])

  public init(_ values: CellValues) throws {
    self.values = values
    shape = SequenceShape(
      classes: values.axes[Keys.classes], showings: values.axes[Keys.showings])
    try check()
  }

  /// Whether targets are values.
  public var isRegression: Bool { values.dataset.isRegression }

  /// The shape of one input.
  public var inputKind: InputKind { values.dataset.inputKind }

  /// Numbers of an answer: a logit for each class, or one value.
  public var outputs: Int { shape.classes }

  /// Sequences per training iteration.
  public var batch: Int { values.training[Keys.batch] }

  public func effort(of system: System) -> Effort {
    Effort(
      iterations: values.training[Keys.iterations], unitsPerIteration: batch,
      validateEvery: values.training[Keys.validateEvery],
      validationUnits: values.training[Keys.validationSequences], units: values.testing[Keys.sequences])
  }

  /// Of a batch of sequences, including everything stored on the way.
  public func footprint(of system: System) -> Footprint {
    let sequences = Double(batch)
    let steps = Double(shape.classes) * Double(shape.showings)
    return Footprint(
      training: Footprint.shapes(of: system), examples: sequences * steps, of: inputKind,
      besides: system.remembered(sequences: sequences, steps: steps)
        + 2 * Double(values.testing[Keys.sequences]) * Double(shape.showings))
  }

  public var coordinates: Coordinates {
    Coordinates([
      .init(Keys.classes.name, .integer(shape.classes)), .init(Keys.showings.name, .integer(shape.showings)),
    ])
  }

  public func metrics(of system: System) -> [Metric] { [isRegression ? .loss : .accuracy] }

  public func axes(of outcome: String, by system: System) -> [OutcomeAxis]? { [axis] }

  /// The number of showings of a class so far, or of points.
  var axis: OutcomeAxis { OutcomeAxis(isRegression ? "position" : "showing", 1...shape.showings) }

  public func isTrained(_ system: System) -> Bool { system.isTrained }

  public func run(_ system: System, in context: RunContext) throws -> any CellRun {
    func run(_ learner: some SequenceLearner) throws -> any CellRun {
      try SequenceRun(learner, self, in: context)
    }
    return try run(system)
  }

  public func examplesNeeded(of part: Part, by system: System) -> Int {
    switch part {
    case .test: shape.showings
    case .validation: isTrained(system) && validates || values.isTuned ? shape.showings : 0
    case .train: isTrained(system) ? shape.showings : 0
    }
  }

  var validates: Bool { values.training[Keys.validateEvery] > 0 || values.isTuned }
}
