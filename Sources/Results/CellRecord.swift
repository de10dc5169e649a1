import Digests
import Measures
import Storage

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
  /// The algorithm's name.
  public var algorithm: String
  /// The dataset's name.
  public var dataset: String
  /// The named split of the dataset.
  public var split: String
  /// Classes per episode.
  public var way: Int
  /// Support examples per class.
  public var shot: Int
  /// Query examples per class of a test episode.
  public var query: Int
  /// Which repeat it is, from 0.
  public var repetition: Int
  /// What the scores are: `accuracy` or `loss`.
  public var metric: String
  /// The resolved configuration, in JSON.
  public var configuration: String
  /// On what and with what the cell was made, in JSON; see `Provenance`.
  public var provenance: String
  /// How the cell ended.
  public var status: Status
  /// What the test episodes gave.
  public var test: TestOutcomes
  /// The training curve.
  public var training: [TrainingRecord]
  /// The validation curve; all points have the same number of scores.
  public var validation: [ValidationRecord]
  /// The learned meta-parameters; empty if they were not stored or not asked for.
  public var parameters: [NamedArray] {
    didSet { parametersDigest = Self.digest(of: parameters) }
  }
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
    suite: String, cell: String, algorithm: String, dataset: String, split: String,
    way: Int, shot: Int, query: Int, repetition: Int, metric: String,
    configuration: String, provenance: String, status: Status, test: TestOutcomes,
    training: [TrainingRecord] = [], validation: [ValidationRecord] = [],
    parameters: [NamedArray] = [], iterations: Int? = nil, testSeconds: Double? = nil,
    peakMemory: Int? = nil
  ) {
    self.suite = suite
    self.cell = cell
    self.algorithm = algorithm
    self.dataset = dataset
    self.split = split
    self.way = way
    self.shot = shot
    self.query = query
    self.repetition = repetition
    self.metric = metric
    self.configuration = configuration
    self.provenance = provenance
    self.status = status
    self.test = test
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

  /// The SHA-256 of all that must be equal when the cell is run again, on any number of threads.
  ///
  /// Left out are what may differ: seconds, memory, provenance, the words of an error, the iterations until
  /// it, and the name of the suite, because the same cell may stand in several.
  ///
  /// - Complexity: O(scores); the parameters' own digest is kept.
  public var digest: String {
    var digest = Digest()
    for text in [cell, algorithm, dataset, split, metric, configuration, status.name] {
      digest.absorb(text)
    }
    digest.absorb([way, shot, query, repetition])
    digest.absorb(test.steps)
    digest.absorb(test.scores)
    digest.absorb(test.digests)
    for diagnostic in test.diagnostics {
      digest.absorb(diagnostic.name)
      digest.absorb(diagnostic.steps)
      digest.absorb(diagnostic.values)
    }
    digest.absorb(training.map(\.iteration))
    digest.absorb(training.map(\.loss))
    digest.absorb(validation.map(\.iteration))
    digest.absorb(validation.flatMap(\.scores))
    digest.absorb(parametersDigest)
    return digest.hex
  }

  /// On what and with what it was trained; nil where that cannot be read.
  public var trainingProvenance: Provenance? { Provenance(json: provenance)?.ofTraining }

  static func digest(of arrays: [NamedArray]) -> String {
    var digest = Digest()
    for array in arrays {
      digest.absorb(array.name)
      digest.absorb(array.shape)
      digest.absorb(array.values)
    }
    return digest.hex
  }
}
