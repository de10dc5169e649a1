import Digests
import Foundation
import Measures
import Storage

/// The state of a cell in the middle of its training or its test, from which a killed run goes on.
///
/// Its file is written like a cell's: a reader finds the last complete one or none.
public struct Checkpoint: Sendable, Equatable {
  /// The cell's id.
  public var cell: String
  /// The digest of all that its bits depend on: the cell's resolved configuration, the program, the kind
  /// of machine and the data. A checkpoint of another one is useless.
  public var configurationDigest: String
  /// The digest of the data alone, which tells why; empty in checkpoints that did not record it.
  public var dataDigest: String
  /// Trials of settings that are done. While others follow, all else is of the next one.
  public var trials: [TuningRecord.Trial]
  /// The number of meta-updates made.
  public var iteration: Int
  /// All that training needs to go on.
  public var learned: Archive
  /// The sum of losses since the last point of the training curve.
  public var lossSum: Double
  /// Seconds of training until then.
  public var seconds: Double
  /// The training curve so far.
  public var training: [TrainingRecord]
  /// The validation curve so far.
  public var validation: [ValidationRecord]

  /// Seconds of the test until then.
  public var testSeconds: Double
  /// What the test gave so far.
  public var test: TestOutcomes
  /// The numbers of the units that this is of, in their order.
  public var testUnits: [Int]
  /// Units that are begun and not done, by their number.
  public var units: [Int: BegunUnit]

  /// A unit between two of its steps.
  public struct BegunUnit: Sendable, Equatable {
    /// The steps that were made.
    public var steps: Int
    /// All that the unit needs to go on.
    public var state: Archive

    /// A unit from its parts.
    public init(steps: Int, state: Archive) {
      self.steps = steps
      self.state = state
    }
  }

  /// A checkpoint from its parts.
  public init(
    cell: String, configurationDigest: String, dataDigest: String = "", trials: [TuningRecord.Trial] = [],
    iteration: Int, learned: Archive, lossSum: Double = 0, seconds: Double = 0, training: [TrainingRecord] = [],
    validation: [ValidationRecord] = [], testSeconds: Double = 0, test: TestOutcomes = .empty, testUnits: [Int] = [],
    units: [Int: BegunUnit] = [:]
  ) {
    self.cell = cell
    self.configurationDigest = configurationDigest
    self.dataDigest = dataDigest
    self.trials = trials
    self.iteration = iteration
    self.learned = learned
    self.lossSum = lossSum
    self.seconds = seconds
    self.training = training
    self.validation = validation
    self.testSeconds = testSeconds
    self.test = test
    self.testUnits = testUnits
    self.units = units
  }

  /// Stores the checkpoint at `url`, in place of an earlier one.
  ///
  /// - Throws: `StorageError.noSpace`, `.notWritable`; the earlier one is kept then.
  /// - Precondition: Names within an archive differ.
  /// - Complexity: O(bytes written), two `fsync` calls.
  public func write(to url: URL) throws {
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.writeHeader(format: Self.format, schema: 2)
      try file.setAttribute("cell", cell)
      try file.setAttribute("configurationDigest", configurationDigest)
      try file.setAttribute("dataDigest", dataDigest)
      try file.setAttribute("iteration", iteration)
      try file.setAttribute("digest", digest)
      try file.write("/lossSum", [lossSum], shape: [])
      try file.write("/seconds", [seconds], shape: [])
      try file.write("/testSeconds", [testSeconds], shape: [])
      try file.write(learned, in: "learned")
      try file.write(trials: trials)
      try file.write(training: training)
      try file.write(validation: validation, metric: "score")
      try CellFile.writeUnits(test, to: file)
      try file.write("/units/number", testUnits.map(Int64.init), shape: [testUnits.count])
      try file.setAttribute("begun", units.keys.sorted().map(String.init).joined(separator: "\n"))
      for (index, unit) in units.sorted(by: { $0.key < $1.key }) {
        try file.setAttribute("unit\(index)Steps", unit.steps)
        try file.write(unit.state, in: "unit\(index)")
      }
      try file.close()
    }
  }

  /// The checkpoint stored at `url`, checked against the digest that it carries.
  ///
  /// - Throws: `StorageError`, `ResultsError.foreign`, `.newer`, `.inconsistent`.
  public static func read(_ url: URL) throws -> Checkpoint { try read(HDF5File.open(reading: url)) }

  package static func read(_ file: HDF5File) throws -> Checkpoint {
    try file.checkHeader(format: format)
    guard try file.requiredCount("schema") > 1 else { return try ofAnotherProgram(file) }
    var checkpoint = Checkpoint(
      cell: try file.requiredText("cell"),
      configurationDigest: try file.requiredText("configurationDigest"),
      dataDigest: try file.text(attribute: "dataDigest") ?? "", trials: try file.readTrials(),
      iteration: try file.requiredCount("iteration"), learned: try file.archive(in: "learned"),
      lossSum: try file.finite("/lossSum").first ?? 0,
      seconds: try file.seconds("/seconds").first ?? 0,
      training: try file.readTraining(), validation: try file.readValidation(metric: nil),
      testSeconds: try file.contains("/testSeconds") ? file.seconds("/testSeconds").first ?? 0 : 0,
      test: try CellFile.units(in: file, isDone: false), testUnits: try file.counts("/units/number"))
    guard checkpoint.testUnits.count == checkpoint.test.units else {
      throw file.inconsistent("the datasets of /units differ in length")
    }
    let begun = try file.distinctLines(file.requiredText("begun"), in: "begun").compactMap { Int($0) }
    let numbers = checkpoint.testUnits + begun
    guard Set(numbers).count == numbers.count, begun.allSatisfy({ $0 >= 0 }) else {
      throw file.inconsistent("its units have no numbers of their own")
    }
    for index in begun {
      checkpoint.units[index] = BegunUnit(
        steps: try file.requiredCount("unit\(index)Steps"),
        state: try file.archive(in: "unit\(index)"))
    }
    guard try file.requiredText("digest") == checkpoint.digest else {
      throw file.inconsistent("its numbers do not fit their digest")
    }
    return checkpoint
  }

  /// What there is to know of a checkpoint that an earlier program wrote, from which none can go on.
  private static func ofAnotherProgram(_ file: HDF5File) throws -> Checkpoint {
    Checkpoint(
      cell: try file.requiredText("cell"), configurationDigest: "",
      dataDigest: try file.text(attribute: "dataDigest") ?? "",
      iteration: try file.requiredCount("iteration"), learned: Archive())
  }

  private static let format = "checkpoint"

  private var digest: String {
    var digest = Digest()
    digest.absorb(cell)
    digest.absorb(configurationDigest)
    digest.absorb(iteration)
    digest.absorb(lossSum)
    digest.absorb(seconds)
    digest.absorb(learned)
    for trial in trials { digest.absorb(trial) }
    digest.absorb(testUnits)
    digest.absorb(test.digests)
    for array in test.arrays { digest.absorb(array.values) }
    for (index, unit) in units.sorted(by: { $0.key < $1.key }) {
      digest.absorb(index)
      digest.absorb(unit.steps)
      digest.absorb(unit.state)
    }
    digest.absorb(training.map(\.iteration))
    digest.absorb(training.map(\.loss))
    digest.absorb(training.map(\.seconds))
    digest.absorb(validation.map(\.iteration))
    digest.absorb(validation.flatMap(\.scores))
    return digest.hex
  }
}
