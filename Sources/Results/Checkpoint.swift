import Digests
import Foundation
import Measures
import Storage

/// The state of a cell in the middle of its training, from which a killed run goes on.
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
  /// The number of meta-updates made.
  public var iteration: Int
  /// The learner's and the optimizer's arrays, in the order in which they are to be read.
  public var state: [NamedArray]
  /// Counters that belong to the state.
  public var integers: [String: Int]
  /// Float64 numbers that belong to the state.
  public var numbers: [String: Double]
  /// The training curve so far.
  public var training: [TrainingRecord]
  /// The validation curve so far.
  public var validation: [ValidationRecord]

  /// A checkpoint from its parts.
  public init(
    cell: String, configurationDigest: String, dataDigest: String = "", iteration: Int,
    state: [NamedArray], integers: [String: Int] = [:], numbers: [String: Double] = [:],
    training: [TrainingRecord] = [], validation: [ValidationRecord] = []
  ) {
    self.cell = cell
    self.configurationDigest = configurationDigest
    self.dataDigest = dataDigest
    self.iteration = iteration
    self.state = state
    self.integers = integers
    self.numbers = numbers
    self.training = training
    self.validation = validation
  }

  /// Stores the checkpoint at `url`, in place of an earlier one.
  ///
  /// - Throws: `StorageError.noSpace`, `.notWritable`; the earlier one is kept then.
  /// - Precondition: Names within `state` differ, and so do those of `integers` and `numbers`.
  /// - Complexity: O(bytes written), two `fsync` calls.
  public func write(to url: URL) throws {
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try file.writeHeader(format: Self.format)
      try file.setAttribute("cell", cell)
      try file.setAttribute("configurationDigest", configurationDigest)
      try file.setAttribute("dataDigest", dataDigest)
      try file.setAttribute("iteration", iteration)
      try file.setAttribute("digest", digest)
      for (name, value) in integers.sorted(by: { $0.key < $1.key }) {
        try file.write("/integers/\(name)", [Int64(value)], shape: [])
      }
      for (name, value) in numbers.sorted(by: { $0.key < $1.key }) {
        try file.write("/numbers/\(name)", [value], shape: [])
      }
      try file.write(state, in: "state")
      try file.write(training: training)
      try file.write(validation: validation, metric: "score")
      try file.close()
    }
  }

  /// The checkpoint stored at `url`, checked against the digest that it carries.
  ///
  /// - Throws: `StorageError`, `ResultsError.foreign`, `.newer`, `.inconsistent`.
  public static func read(_ url: URL) throws -> Checkpoint {
    let file = try HDF5File.open(reading: url)
    try file.checkHeader(format: format)
    var checkpoint = Checkpoint(
      cell: try file.requiredText("cell"),
      configurationDigest: try file.requiredText("configurationDigest"),
      dataDigest: try file.text(attribute: "dataDigest") ?? "",
      iteration: try file.requiredInteger("iteration"), state: try file.readArrays(in: "state"),
      training: try file.readTraining(), validation: try file.readValidation(metric: "score"))
    for name in file.names(in: "/integers") {
      checkpoint.integers[name] = try file.int64s("/integers/\(name)").values.first.map(Int.init)
    }
    for name in file.names(in: "/numbers") {
      checkpoint.numbers[name] = try file.doubles("/numbers/\(name)").values.first
    }
    guard try file.requiredText("digest") == checkpoint.digest else {
      throw file.inconsistent("its numbers do not fit their digest")
    }
    return checkpoint
  }

  private static let format = "checkpoint"

  private var digest: String {
    var digest = Digest()
    digest.absorb(cell)
    digest.absorb(configurationDigest)
    digest.absorb(iteration)
    for (name, value) in integers.sorted(by: { $0.key < $1.key }) {
      digest.absorb(name)
      digest.absorb(value)
    }
    for (name, value) in numbers.sorted(by: { $0.key < $1.key }) {
      digest.absorb(name)
      digest.absorb(value)
    }
    digest.absorb(CellRecord.digest(of: state))
    digest.absorb(training.map(\.iteration))
    digest.absorb(training.map(\.loss))
    digest.absorb(training.map(\.seconds))
    digest.absorb(validation.map(\.iteration))
    digest.absorb(validation.flatMap(\.scores))
    return digest.hex
  }
}
