import Episodes
import Measures

/// A cell as the program sees it, whatever its kind.
public struct CellPlan: Sendable {
  /// The typed plan, which knows its words.
  public let kind: any ExperimentKind
  /// The kind's name, axes and keys.
  public let description: KindDescription
  /// How much work it is.
  public let effort: Effort
  /// What reports say of it.
  public let facts: [CellFact]
  /// The streams that it draws from besides its units.
  public let streams: [StreamUse]
  /// How many examples of one class each part of the dataset must have.
  public let examplesNeeded: [Part: Int]
  /// What its units are addressed by.
  public let coordinates: Coordinates
  /// The first is the one that is judged.
  public let metrics: [Metric]
  /// The axes of those outcomes whose places are known before there are results, by the outcome's name.
  public let axes: [String: [OutcomeAxis]]
  /// Whether there is anything to train.
  public let isTrained: Bool
  /// What makes repeats differ.
  public let variesBy: Variation
  private let start: @Sendable (RunContext) throws -> any CellRun

  init<Kind: ExperimentKind>(
    _ kind: Kind, _ system: SystemDescription<Kind>, _ values: CellValues
  ) throws {
    // Made once to find that it can be made, and again for each run: a plan is small, a system may not be.
    let made = try system.make(values, kind)
    try kind.footprint(of: made).check(values)
    self.kind = kind
    description = Kind.description
    effort = kind.effort(of: made)
    facts = kind.facts(of: made)
    streams = kind.streams(of: made)
    examplesNeeded = Dictionary(
      uniqueKeysWithValues: Part.allCases.map { ($0, kind.examplesNeeded(of: $0, by: made)) })
    coordinates = kind.coordinates
    let metrics = kind.metrics(of: made)
    self.metrics = metrics
    axes = Dictionary(
      uniqueKeysWithValues: metrics.compactMap { metric in
        kind.axes(of: metric.name, by: made).map { (metric.name, $0) }
      })
    isTrained = kind.isTrained(made)
    variesBy = system.variesBy(values.settings)
    start = { try kind.run(try system.make(values, kind), in: $0) }
  }

  /// The cell, ready to be run.
  public func run(in context: RunContext) throws -> any CellRun { try start(context) }
}
