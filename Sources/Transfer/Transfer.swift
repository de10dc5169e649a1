import Episodes
import Kinds
import Measures

/// Transfer learning: a network trained to classify some classes is trained further on others, by ordinary
/// classification.
///
/// It is pretrained on source classes, of the training part, gets a new last layer and is trained on target
/// classes, of the test part, all at once. Each class has images to learn from, to
/// validate and to test. The unit is a draw of target classes and of the division of their images; a new last layer
/// and an order of minibatches go with it. Its score is the accuracy on test images by training steps.
///
/// An accuracy among all target classes is another quantity than one among the few classes of an episode.
///
/// Reference: Yosinski, Clune, Bengio, Lipson (2014), How transferable are features in deep neural networks?
public struct Transfer: ExperimentKind {
  public let values: CellValues
  /// The target classes of a draw.
  let target: Int
  /// Images of each target class that are learned from.
  let images: Int

  public static let description = KindDescription(
    name: "transfer", summary: "classify some classes, then go on with others",
    unit: ReplicationUnit("draw", plural: "draws"), judged: [.accuracy],
    recorded: [Outcomes.validation, Outcomes.steps], outcomeAxes: [OutcomeAxis.steps],
    axisNames: [Keys.target.name, Keys.images.name], axes: { _ in .of(Keys.target, Keys.images) },
    training: .of(
      Keys.sourceClasses, Keys.sourceImages, Keys.sourceValidationImages, Keys.iterations, Keys.groups,
      Keys.groupClasses, Keys.validateEvery),
    testing: .of(Keys.draws, Keys.steps, Keys.every, Keys.validationImages, Keys.testImages),
    countKeys: [Keys.draws.name])

  public init(_ values: CellValues) throws {
    self.values = values
    target = values.axes[Keys.target]
    images = values.axes[Keys.images]
    try check()
  }

  /// The images of a target class.
  var division: ImageDivision {
    ImageDivision(
      training: images, validation: values.testing[Keys.validationImages],
      test: values.testing[Keys.testImages])
  }

  /// The images of a source class, none of which is for a test.
  var sourceDivision: ImageDivision {
    ImageDivision(
      training: values.training[Keys.sourceImages], validation: values.training[Keys.sourceValidationImages],
      test: 0)
  }

  /// The classes of the pretraining.
  var sourceClasses: Int { values.training[Keys.sourceClasses] }

  /// How minibatches are made, in pretraining and after it.
  var minibatches: GroupedMinibatches {
    GroupedMinibatches(groups: values.training[Keys.groups], classes: values.training[Keys.groupClasses])
  }

  /// The steps after which it is tested: before the first, at regular intervals, and after the last.
  var places: [Int] {
    let steps = values.testing[Keys.steps]
    return Array(stride(from: 0, to: steps, by: values.testing[Keys.every])) + [steps]
  }

  public func effort(of system: TransferLearner) -> Effort {
    // Passing an image forward and back is three times the work of passing it forward.
    let unit =
      places.last! * minibatches.count * 3 + places.count * target * (division.validation + division.test)
    return Effort(
      iterations: values.training[Keys.iterations], validateEvery: values.training[Keys.validateEvery],
      validationUnits: sourceClasses, validationCost: Double(sourceDivision.validation) / Double(unit),
      units: values.testing[Keys.draws], spreads: true)
  }

  /// Of a minibatch.
  public func footprint(of system: TransferLearner) -> Footprint {
    Footprint(
      training: system.source.parameters.map(\.shape),
      examples: Double(minibatches.groups) * Double(minibatches.classes), of: values.dataset.inputKind)
  }

  public var coordinates: Coordinates {
    Coordinates([.init(Keys.target.name, .integer(target)), .init(Keys.images.name, .integer(images))])
  }

  public func metrics(of system: TransferLearner) -> [Metric] {
    Self.description.judged + Self.description.recorded
  }

  public func axes(of outcome: String, by system: TransferLearner) -> [OutcomeAxis]? {
    outcome == Outcomes.steps.name ? [] : [axis]
  }

  /// Of accuracies.
  var axis: OutcomeAxis { OutcomeAxis(OutcomeAxis.steps, places.map(Double.init)) }

  public func isTrained(_ system: TransferLearner) -> Bool { system.isPretrained }

  public var learnsInUnits: Bool { true }

  public var chance: Double? { 1 / Double(target) }

  public var answers: Int? { target * division.test }

  public func run(_ system: TransferLearner, in context: RunContext) throws -> any CellRun {
    try TransferRun(system, self, in: context)
  }

  public func examplesNeeded(of part: Part, by system: TransferLearner) -> Int {
    switch part {
    case .train: system.isPretrained ? sourceDivision.count : 0
    case .validation: values.isTuned ? division.count : 0
    case .test: division.count
    }
  }
}
