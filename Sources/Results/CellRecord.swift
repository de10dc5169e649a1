import Measures

/// Everything that is kept of one cell: who it is, how it was made and what came out.
///
///     let record = try CellFile.read(url)
///     print(record.cell, record.test.final.count, record.digest)
public struct CellRecord: Sendable {
  /// How the cell ended.
  public enum Status: Sendable, Equatable {
    /// Trained and tested.
    case done
    /// Stopped by an error, which is told.
    case failed(String)
    /// Stopped because numbers ceased to be finite; where is told.
    case diverged(String)

    /// The word that files and reports use.
    public var name: String {
      switch self {
      case .done: "done"
      case .failed: "failed"
      case .diverged: "diverged"
      }
    }

    /// What went wrong; nil for a cell that is done.
    public var message: String? {
      switch self {
      case .done: nil
      case .failed(let message), .diverged(let message): message
      }
    }
  }

  /// The suite's name.
  public var suite: String
  /// The cell's id, as in `maml-omniglot-5way-1shot-r0-3f9a2c1e`.
  public var cell: String
  /// The kind of experiment.
  public var kind: String
  /// The algorithm's name.
  public var algorithm: String
  /// What sets the cell apart from others of its algorithm, as in its id: `no-conv`, or empty.
  public var variant: String
  /// The dataset's name.
  public var dataset: String
  /// The named split of the dataset.
  public var split: String
  /// The tasks as in its id: `omniglot-5way-1shot`.
  public var task: String
  /// What its units are addressed by besides dataset and split, as way, shot and query.
  public var coordinates: Coordinates
  /// Which repeat it is, from 0.
  public var repetition: Int
  /// What is drawn anew and counted at test.
  public var unit: ReplicationUnit
  /// What is judged.
  public var metric: Metric
  /// The resolved configuration, in JSON.
  public var configuration: String
  /// On what and with what the cell was made, in JSON; see `Provenance`.
  public var provenance: String
  /// How the cell ended.
  public var status: Status
  /// What the test units gave.
  public var test: TestOutcomes
  /// How settings were chosen; nil where none were.
  public var tuning: TuningRecord?
  /// The training curve.
  public var training: [TrainingRecord]
  /// The validation curve; all points have the same number of scores.
  public var validation: [ValidationRecord]
  /// The learned meta-parameters; empty if they were not stored or not asked for.
  public var parameters: [NamedArray] {
    didSet { parametersDigest = Self.digest(of: parameters) }
  }
  /// What the cell shows of itself, besides its numbers. Never part of what must be equal.
  public var pictures: [PictureSheet] = []
  /// The same, as curves. Never part of what must be equal.
  public var curves: [CurveSheet] = []
  /// The meta-updates that were made, fewer than wanted in a cell that diverged; nil in results of
  /// programs that did not record it. Never part of what must be equal.
  public var iterations: Int?
  /// Seconds that the test took; nil in results of programs that did not record it. Never part of what
  /// must be equal, and therefore what tells a second run of an untrained cell from a copy of the first.
  public var testSeconds: Double?
  /// The largest resident memory of the program while the cell was run, in bytes, cells that ran at
  /// the same time included; nil if it was not measured. Never part of what must be equal.
  public var peakMemory: Int?
  /// The digest of the parameters in the file, also where they were not asked for.
  public internal(set) var parametersDigest: String

  /// A record from its parts.
  public init(
    suite: String, cell: String, kind: String = FirstKind.name, algorithm: String,
    variant: String = "", dataset: String, split: String, task: String, coordinates: Coordinates,
    repetition: Int, unit: ReplicationUnit = .episode, metric: Metric, configuration: String,
    provenance: String, status: Status, test: TestOutcomes,
    tuning: TuningRecord? = nil, training: [TrainingRecord] = [], validation: [ValidationRecord] = [],
    parameters: [NamedArray] = [], iterations: Int? = nil, testSeconds: Double? = nil,
    peakMemory: Int? = nil
  ) {
    self.suite = suite
    self.cell = cell
    self.kind = kind
    self.algorithm = algorithm
    self.variant = variant
    self.dataset = dataset
    self.split = split
    self.task = task
    self.coordinates = coordinates
    self.repetition = repetition
    self.unit = unit
    self.metric = metric
    self.configuration = configuration
    self.provenance = provenance
    self.status = status
    self.test = test
    self.tuning = tuning
    self.training = training
    self.validation = validation
    self.parameters = parameters
    self.iterations = iterations
    self.testSeconds = testSeconds
    self.peakMemory = peakMemory
    self.parametersDigest = Self.digest(of: parameters)
  }

  /// Lets go of the parameters, whose digest stays: as if the record had been read without them.
  public mutating func forgetParameters() {
    let digest = parametersDigest
    parameters = []
    parametersDigest = digest
  }

  /// The algorithm with its variant, as in ids: `nearest-neighbor-pixels`.
  public var system: String { variant.isEmpty ? algorithm : "\(algorithm)-\(variant)" }

  /// The cell whatever its repeat, as in ids: `nearest-neighbor-pixels-omniglot-5way-1shot`.
  public var name: String { "\(system)-\(task)" }

  /// On what and with what it was trained; nil where that cannot be read.
  public var trainingProvenance: Provenance? { Provenance(json: provenance)?.ofTraining }
}
