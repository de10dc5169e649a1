import Algorithms
import Episodes
import Storage

/// One run of a suite: an algorithm trained and tested once on one kind of episode.
public struct Cell: Hashable, Sendable, Identifiable {
  /// Readable, and ends with the first eight digits of the SHA-256 of `configuration`: for example
  /// `maml-omniglot-5way-1shot-r0-3f9a2c1e`.
  public let id: String
  /// The algorithm's name in the registry.
  public let algorithm: String
  /// What sets the cell apart from other cells of the same algorithm, as the grid names it; empty
  /// where the grid gives the algorithm's name only. For example `pixels`.
  public let variant: String
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
  /// Whether targets are values and the metric is loss.
  public let isRegression: Bool
  /// Classes per episode; 1 for regression.
  public let way: Int
  /// Support examples per class (regression: points).
  public let shot: Int
  /// Counted from 0.
  public let repetition: Int
  /// How long and on what it is trained.
  public let training: TrainingProtocol
  /// What one training iteration learns from; nil where nothing is trained.
  public let trainsOn: TrainingUnit?
  /// What makes its repeats differ.
  public let variesBy: Variation
  /// On what it is tested.
  public let test: TestProtocol
  /// Every setting of the algorithm, defaults written out.
  public let settings: Settings
  /// The suite's version.
  public let version: Int
  /// The suite's seed. Streams of one cell are addressed below it.
  public let seed: UInt64
  /// Everything that can change the cell's numbers, as JSON with sorted keys and no spaces.
  public let configuration: String
  /// What all repeats of one cell have in common: the digest of `configuration` without `repeat`.
  public let family: String

  /// The shape of test and validation episodes.
  public var testShape: EpisodeShape { EpisodeShape(way: way, shot: shot, query: test.query) }

  /// `accuracy` or `loss`.
  public var metric: String { isRegression ? "loss" : "accuracy" }

  /// The algorithm as tables call it: `maml`, or `nearest-neighbor (pixels)`.
  public var label: String { variant.isEmpty ? algorithm : "\(algorithm) (\(variant))" }

  /// The cell's value on an axis of the grid, its `split`, or a setting; nil if it has none such.
  public func value(of key: String) -> SettingValue? {
    CellCoordinates(
      algorithm: algorithm, dataset: dataset, split: split, way: way, shot: shot,
      repetition: repetition, test: test, settings: settings
    ).value(of: key)
  }

  /// The cell's value on an axis as reports print it, with an algorithm's variant.
  public func text(of axis: String) -> String {
    axis == "algorithm" ? label : value(of: axis)?.description ?? "–"
  }
}

extension Cell {
  /// The finished cell of a draft.
  ///
  /// - Parameter isTrained: Whether its learner has anything to train.
  init(_ draft: CellDraft, version: Int, seed: UInt64, isTrained: Bool) {
    let split = draft.splitDescription
    var members: [String: JSONValue] = [
      "algorithm": .text(draft.algorithm.name),
      "dataset": .text(draft.dataset.name),
      "seed": .integer(String(seed)),
      "settings": .object(
        Dictionary(
          uniqueKeysWithValues: draft.settings.entries.filter { !$0.isImplied }
            .map { ($0.name, JSONValue($0.value)) })),
      "shot": JSONValue(draft.shot),
      "split": .text(split.name),
      "splitDigest": .text(split.digest),
      "test": .object(Self.members(of: draft.effectiveTest)),
      "train": .object([
        "iterations": JSONValue(draft.training.iterations),
        "metaBatch": JSONValue(draft.training.metaBatch),
        "query": JSONValue(draft.training.query),
        "validateEvery": JSONValue(draft.training.validateEvery),
        "validationEpisodes": JSONValue(draft.training.validationEpisodes),
      ]),
      "version": JSONValue(version),
      "way": JSONValue(draft.way),
    ]
    family = String(Digest.hex(of: JSONValue.object(members).text).prefix(16))
    members["repeat"] = JSONValue(draft.repetition)
    configuration = JSONValue.object(members).text
    datasetLabel = draft.dataset.name + (draft.isSplitOfGrid ? " \(split.name)" : "")
    id =
      "\(draft.algorithm.name)\(draft.slug)-\(datasetLabel.replacing(" ", with: "-"))-\(draft.way)way-"
      + "\(draft.shot)shot-r\(draft.repetition)-\(Digest.hex(of: configuration).prefix(8))"
    algorithm = draft.algorithm.name
    variant = draft.variant
    distinctions = draft.distinctions
    dataset = draft.dataset.name
    self.split = split.name
    splitDigest = split.digest
    isRegression = draft.dataset.isRegression
    way = draft.way
    shot = draft.shot
    repetition = draft.repetition
    training = draft.training
    trainsOn = isTrained ? draft.algorithm.trainsOn : nil
    variesBy = draft.algorithm.variesBy(draft.settings)
    test = draft.effectiveTest
    settings = draft.settings
    self.version = version
    self.seed = seed
  }

  private static func members(of test: TestProtocol) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "batchNorm": .text(test.batchNorm.rawValue),
      "episodes": JSONValue(test.episodes),
      "query": JSONValue(test.query),
    ]
    if let until = test.until { members["until"] = .number(until) }
    if test.normalizeQueries != .all {
      members["normalizeQueries"] = .text(test.normalizeQueries.text)
    }
    return members
  }
}
