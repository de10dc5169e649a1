import Episodes
import Kinds
import Measures

/// One-shot trials within an alphabet: which of some characters, each drawn once by somebody, has somebody else
/// drawn now?
///
/// Systems are trained on pairs of drawings of one alphabet, of the same character or of two. The unit is an
/// alphabet of the part: its score is the mean accuracy over runs, in each of which one drawer's characters are
/// the support and another drawer's the queries. Runs are drawn here, or the official ones. Trials
/// of one alphabet are not independent, and intervals over alphabets do not take them to be.
///
/// Reference: Koch, Zemel, Salakhutdinov (2015), Siamese neural networks for one-shot image recognition; the
/// runs: Lake, Salakhutdinov, Tenenbaum (2015).
public struct AlphabetTrials: ExperimentKind {
  public typealias System = any TrialLearner

  public let values: CellValues
  /// Characters of a run.
  public let way: Int
  /// Which runs are judged.
  let trials: Trials
  /// Drawn runs of each alphabet.
  let runs: Int
  /// Pairs of each alphabet to be verified.
  let pairs: Int

  public static let description = KindDescription(
    name: "alphabet-trials", summary: "tell apart characters of one alphabet, each seen once by another drawer",
    unit: ReplicationUnit("alphabet", plural: "alphabets"), judged: [.accuracy],
    recorded: [Outcomes.drawn, Outcomes.verification], outcomeAxes: [], needs: [.alphabets],
    axisNames: [Keys.way.name], axes: { _ in .of(Keys.way) },
    training: .of(Keys.iterations, Keys.batch, Keys.validateEvery),
    testing: .of(Keys.alphabets, Keys.trials, Keys.runs, Keys.pairs), countKeys: [Keys.alphabets.name])

  public init(_ values: CellValues) throws {
    self.values = values
    way = values.axes[Keys.way]
    trials = values.testing[Keys.trials]
    runs = values.testing[Keys.runs]
    pairs = values.testing[Keys.pairs]
    try check()
  }

  /// The shape of one drawing.
  public var inputKind: InputKind { values.dataset.inputKind }

  /// Pairs of a training iteration.
  public var batch: Int { values.training[Keys.batch] }

  public func effort(of system: System) -> Effort {
    Effort(
      iterations: values.training[Keys.iterations], validateEvery: values.training[Keys.validateEvery],
      validationUnits: values.split.alphabets[.validation]?.count ?? 0, units: values.testing[Keys.alphabets],
      spreads: true)
  }

  /// Of the pairs of an update, or of those of an alphabet.
  public func footprint(of system: System) -> Footprint {
    Footprint(
      training: Footprint.shapes(of: system), examples: 2 * Double(max(batch, pairs)),
      of: inputKind)
  }

  public var coordinates: Coordinates {
    Coordinates([
      .init(Keys.way.name, .integer(way)), .init(Keys.trials.name, .text(trials.rawValue)),
      .init(Keys.runs.name, .integer(runs)), .init(Keys.pairs.name, .integer(pairs)),
    ])
  }

  public func metrics(of system: System) -> [Metric] {
    [.accuracy] + (trials == .official ? [Outcomes.drawn] : [])
      + (system.verifies ? [Outcomes.verification] : [])
  }

  /// A single number each.
  public func axes(of outcome: String, by system: System) -> [OutcomeAxis]? { [] }

  public func isTrained(_ system: System) -> Bool { system.isTrained }

  public func run(_ system: System, in context: RunContext) throws -> any CellRun {
    func run(_ learner: some TrialLearner) throws -> any CellRun { try TrialRun(learner, self, in: context) }
    return try run(system)
  }

  // MARK: Whether there can be such trials

  private func check() throws {
    guard let tested = values.split.alphabets[.test], let smallest = (tested + validated).min() else {
      throw PlanError(
        "split",
        fault: .impossible(
          "split '\(values.split.name)' of \(values.dataset.name) has no alphabets. Choose one of: "
            + values.dataset.splits.filter { !$0.alphabets.isEmpty }.map(\.name).joined(separator: ", ") + "."))
    }
    guard way <= smallest else {
      throw PlanError(
        Keys.way.name,
        fault: .impossible(
          "a run has \(way) characters, but the smallest alphabet has \(smallest). Lower 'way' to at most "
            + "\(smallest)."))
    }
    try checkOfficialRuns()
    let wanted = values.testing[Keys.alphabets]
    guard wanted <= tested.count else {
      throw PlanError(
        "test.\(Keys.alphabets.name)",
        fault: .impossible(
          "'alphabets' is \(wanted), but the test part of \(values.dataset.name), split '\(values.split.name)', "
            + "has \(tested.count). Set it to at most \(tested.count)."))
    }
  }

  private func checkOfficialRuns() throws {
    let official = values.split.officialRuns
    guard trials == .official, official.first?.characters.count != way else { return }
    throw PlanError(
      "test.\(Keys.trials.name)",
      fault: .impossible(
        official.isEmpty
          ? "split '\(values.split.name)' of \(values.dataset.name) has no official runs. Set 'trials: drawn'."
          : "the official runs have \(official[0].characters.count) characters, not \(way). Set 'trials: drawn', or "
            + "'way: \(official[0].characters.count)'."))
  }

  private var validated: [Int] {
    let validates = values.training[Keys.validateEvery] > 0 || values.isTuned
    return validates ? values.split.alphabets[.validation] ?? [] : []
  }
}
