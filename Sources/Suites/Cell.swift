import Digests
import Kinds
import Measures

/// One run of a suite: a system trained and tested once, in one place of the grid.
public struct Cell: Sendable, Identifiable {
  /// Readable, and ends with the first eight digits of the SHA-256 of `configuration`: for example
  /// `maml-omniglot-5way-1shot-r0-3f9a2c1e`.
  public let id: String
  /// The kind of experiment.
  public let kind: String
  /// The algorithm's name in the registry.
  public let algorithm: String
  /// What sets the cell apart from other cells of the same algorithm, as people read it; empty where
  /// nothing does. For example `pixels`.
  public let variant: String
  /// The same as part of ids, with what is at its default: `pixels`, `innerRate0.1`.
  public let variantSlug: String
  /// The dataset's name.
  public let dataset: String
  /// What the grid's entry itself sets, by which cells of one algorithm differ; empty where the grid
  /// gives the algorithm's name only.
  public let distinctions: [CellDistinction]
  /// The name of the dataset's split.
  public let split: String
  /// The dataset as headings call it: with its split where the grid names that, as `polynomial order-0`.
  public let datasetLabel: String
  /// Hexadecimal SHA-256 of the split's named list, or of the generator's name and version. The
  /// content that a run really had is told by its result's provenance.
  public let splitDigest: String
  /// The place on the kind's axes.
  public let axes: Settings
  /// Counted from 0.
  public let repetition: Int
  /// How long and on what it is trained.
  public let training: Settings
  /// On what it is tested.
  public let test: Settings
  /// Every setting of the algorithm that the suite says or leaves at its default.
  public private(set) var settings: Settings
  /// The settings that the cell chooses itself; nil where it chooses none.
  public let tuning: Tuning?
  /// What the kind makes of all this; where settings are chosen, with the values of the first trial.
  public private(set) var plan: CellPlan
  /// The suite's version.
  public let version: Int
  /// The suite's seed. Streams of one cell are addressed below it.
  public let seed: UInt64
  /// Everything that can change the cell's numbers, as JSON with sorted keys and no spaces.
  public let configuration: String
  /// What all repeats of one cell have in common: the digest of `configuration` without `repeat`.
  public let family: String

  /// What is judged.
  public var metric: Metric { plan.metrics[0] }

  /// The cell with the values of a trial, which are among its settings then.
  ///
  /// - Parameter trial: The trial's index; the cell stays as it is if nil.
  public func choosing(_ trial: Int?) -> Cell {
    guard let trial, let tuning else { return self }
    var cell = self
    cell.plan = tuning.trials[trial].whole
    cell.settings = settings.adding(tuning.trials[trial].values)
    return cell
  }

  /// What makes its repeats differ.
  public var variesBy: Variation { plan.variesBy }

  /// The algorithm as tables call it: `maml`, or `nearest-neighbor (pixels)`.
  public var label: String { variant.isEmpty ? algorithm : "\(algorithm) (\(variant))" }

  /// The place in the grid as headings call it: `5-way 1-shot`.
  public var words: String { plan.kind.words }

  /// The tasks as part of ids: `omniglot-5way-1shot`.
  public var task: String { "\(datasetLabel.replacing(" ", with: "-"))-\(plan.kind.slug)" }

  /// The names of the axes of which cells of a grid differ, but for the repeats.
  public var axisNames: [String] { ["algorithm", "dataset", "split"] + axes.entries.map(\.name) }

  /// The cell's value on an axis of the grid, its `split`, or a setting; nil if it has none such.
  public func value(of key: String) -> SettingValue? { coordinates.value(of: key) }

  /// The cell's value on an axis as reports print it, with an algorithm's variant.
  public func text(of axis: String) -> String {
    axis == "algorithm" ? label : value(of: axis)?.description ?? "–"
  }

  /// The place on an axis in a heading: `5-way`, or `innerRate 0.1` for a setting; empty to say nothing.
  public func words(of axis: String) -> String {
    if axes[axis] != nil { return plan.kind.words(of: axis) }
    return ["algorithm", "dataset", "split"].contains(axis) ? text(of: axis) : "\(axis) \(text(of: axis))"
  }

  private var coordinates: CellCoordinates {
    CellCoordinates(
      algorithm: algorithm, dataset: dataset, split: split, axes: axes, repetition: repetition,
      test: test, fixable: plan.description.fixable, settings: settings)
  }
}

/// Two cells of the same id are of the same configuration: it ends with its digest.
extension Cell: Hashable {
  public static func == (a: Cell, b: Cell) -> Bool { a.id == b.id && a.configuration == b.configuration }
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Cell {
  /// The finished cell of a draft.
  init(
    _ draft: CellDraft, variant: String, plan: CellPlan, tuning: Tuning?, version: Int, seed: UInt64
  ) {
    let split = draft.splitDescription
    let settings = draft.settings.without(tuning?.names ?? [])
    var members: [String: JSONValue] = [
      "algorithm": .text(draft.system.name),
      "dataset": .text(draft.dataset.name),
      "seed": .integer(String(seed)),
      "settings": JSONValue(settings),
      "split": .text(split.name),
      "splitDigest": .text(split.digest),
      "test": JSONValue(plan.kind.testing),
      "train": JSONValue(draft.training),
      "version": JSONValue(version),
    ]
    for axis in draft.axes.entries { members[axis.name] = JSONValue(axis.value) }
    if plan.description.name != FirstKind.name { members["kind"] = .text(plan.description.name) }
    members["tune"] = draft.tuning?.json
    family = String(Digest.hex(of: JSONValue.object(members).text).prefix(16))
    members["repeat"] = JSONValue(draft.repetition)
    configuration = JSONValue.object(members).text
    datasetLabel = draft.dataset.name + (draft.isSplitOfGrid ? " \(split.name)" : "")
    variantSlug = draft.slug
    id =
      "\(([draft.system.name] + (draft.slug.isEmpty ? [] : [draft.slug])).joined(separator: "-"))-"
      + "\(datasetLabel.replacing(" ", with: "-"))-\(plan.kind.slug)-r\(draft.repetition)-"
      + Digest.hex(of: configuration).prefix(8)
    kind = plan.description.name
    algorithm = draft.system.name
    self.variant = variant
    distinctions = draft.distinctions
    dataset = draft.dataset.name
    self.split = split.name
    splitDigest = split.digest
    axes = draft.axes
    repetition = draft.repetition
    training = draft.training
    test = plan.kind.testing
    self.settings = settings
    self.tuning = tuning
    self.plan = plan
    self.version = version
    self.seed = seed
  }
}
