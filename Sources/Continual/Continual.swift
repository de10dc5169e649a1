import Episodes
import Kinds
import Measures

/// Continual learning: a system learns several tasks one after the other and is tested on all of them after
/// each.
///
/// A task is the images of a dataset under a permutation of their pixels. The unit is an order of such tasks:
/// other permutations, other images drawn for training and testing, and a training from other initial
/// parameters, so that an interval over units covers all of it. There is nothing to train before the test.
public struct Continual: ExperimentKind {
  public let values: CellValues
  /// The number of tasks.
  let tasks: Int
  /// The side of the central square whose pixels are permuted.
  let region: Int

  public static let description = KindDescription(
    name: "continual", summary: "learn tasks one after the other, be tested on all of them",
    unit: ReplicationUnit("order", plural: "orders"), judged: [Outcomes.average],
    recorded: [
      Outcomes.accuracy, Outcomes.forgetting, Outcomes.firstTaskForgetting,
      Outcomes.backwardTransfer, Outcomes.forwardTransfer, Outcomes.epochAccuracy,
      Outcomes.fisherOverlap,
    ],
    outcomeAxes: ["learned", "tested", "epoch", "layer"], needs: [.images], axisNames: [Keys.tasks.name, Keys.region.name],
    axes: { dataset in
      .of(Keys.tasks, Keys.region.with(side(of: dataset)))
    },
    training: .of(Keys.images, Keys.epochs, Keys.batch, Keys.layers, Keys.width),
    testing: .of(Keys.orders, Keys.testImages, Keys.everyEpoch, Keys.overlap),
    countKeys: [Keys.orders.name])

  public init(_ values: CellValues) throws {
    self.values = values
    tasks = values.axes[Keys.tasks]
    region = values.axes[Keys.region]
    try checkImages()
    try checkRegion()
  }

  /// What every system trains: for systems of other packages to be made with.
  public var network: DenseNetwork {
    guard case .images(let channels, let height, let width) = values.dataset.inputKind else {
      preconditionFailure("'\(values.dataset.name)' says that it provides images")
    }
    let hidden = Array(
      repeating: values.training[Keys.width], count: values.training[Keys.layers])
    return DenseNetwork(widths: [channels * height * width] + hidden + [classes])
  }

  private var classes: Int { values.split.classes[.train] ?? 0 }

  public func effort(of system: any ContinualLearner) -> Effort {
    Effort(iterations: 0, units: values.testing[Keys.orders], spreads: true)
  }

  /// Of a minibatch.
  public func footprint(of system: any ContinualLearner) -> Footprint {
    Footprint(
      training: system.network.parameterShapes, examples: Double(values.training[Keys.batch]), of: values.dataset.inputKind,
      besides: 2 * Double(values.testing[Keys.orders]) * Double(tasks) * Double(tasks)
        * (values.testing[Keys.everyEpoch] ? Double(values.training[Keys.epochs]) : 1))
  }

  public var coordinates: Coordinates {
    Coordinates([.init(Keys.tasks.name, .integer(tasks)), .init(Keys.region.name, .integer(region))])
  }

  public func metrics(of system: any ContinualLearner) -> [Metric] {
    Self.description.judged
      + Self.description.recorded.filter { metric in
        switch metric {
        case Outcomes.epochAccuracy: values.testing[Keys.everyEpoch]
        case Outcomes.fisherOverlap: values.testing[Keys.overlap].labels != nil
        default: true
        }
      }
  }

  public func axes(of outcome: String, by system: any ContinualLearner) -> [OutcomeAxis]? {
    let tested = OutcomeAxis("tested", 1...tasks)
    func learned(from first: Int) -> OutcomeAxis { OutcomeAxis("learned", first...tasks) }
    switch outcome {
    case Outcomes.average.name: return [learned(from: 1)]
    case Outcomes.accuracy.name: return [learned(from: 0), tested]
    case Outcomes.forgetting.name, Outcomes.firstTaskForgetting.name, Outcomes.backwardTransfer.name,
      Outcomes.forwardTransfer.name:
      return [learned(from: 2)]
    case Outcomes.epochAccuracy.name:
      return [OutcomeAxis("epoch", 1...tasks * values.training[Keys.epochs]), tested]
    case Outcomes.fisherOverlap.name: return [OutcomeAxis("layer", 1...system.network.layers)]
    default: return nil
    }
  }

  /// Nothing is learned before the test.
  public func isTrained(_ system: any ContinualLearner) -> Bool { false }

  public var learnsInUnits: Bool { true }

  public var chance: Double? { 1 / Double(classes) }

  public func run(_ system: any ContinualLearner, in context: RunContext) throws -> any CellRun {
    try ContinualRun(system, self, in: context)
  }

  /// The side of the largest square within a dataset's images; 0 where it has none.
  static func side(of dataset: DatasetDescription) -> Int {
    guard case .images(_, let height, let width) = dataset.inputKind else { return 0 }
    return min(height, width)
  }

  // MARK: Whether there can be such tasks

  private func checkImages() throws {
    let wanted: [(String, Part, Int)] = [
      ("train.images", .train, values.training[Keys.images]),
      ("test.images", .test, values.testing[Keys.testImages]),
    ]
    for (path, part, count) in wanted {
      let available = values.split.images[part] ?? 0
      guard count > available else { continue }
      throw PlanError(
        path,
        fault: .impossible(
          "'images' is \(count), but the \(part.rawValue) part of \(values.dataset.name) has \(available). "
            + "Set it to at most \(available)."))
    }
  }

  private func checkRegion() throws {
    let side = Self.side(of: values.dataset)
    guard region > side else { return }
    throw PlanError(
      Keys.region.name,
      fault: .impossible(
        "'region' is \(region), but images of \(values.dataset.name) are \(side) pixels wide. Set it to at most "
          + "\(side)."))
  }
}
