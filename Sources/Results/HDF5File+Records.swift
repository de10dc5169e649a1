import Foundation
import Measures
import Storage

/// The parts that cell files and checkpoints have in common.
extension HDF5File {
  static let newestSchema = 2

  /// Marks the file as one of ours.
  func writeHeader(format: String, schema: Int) throws {
    try setAttribute("format", "metabench \(format)")
    try setAttribute("schema", schema)
  }

  /// - Throws: `ResultsError.foreign`, `ResultsError.newer`.
  func checkHeader(format: String) throws {
    guard try text(attribute: "format") == "metabench \(format)" else {
      throw ResultsError.foreign(file: url.path, wanted: format)
    }
    let schema = try requiredCount("schema")
    guard schema <= Self.newestSchema else {
      throw ResultsError.newer(file: url.path, schema: schema, known: Self.newestSchema)
    }
  }

  func requiredText(_ name: String) throws -> String {
    guard let text = try text(attribute: name) else {
      throw StorageError.missing(name: name, file: url.path)
    }
    return text
  }

  func requiredInteger(_ name: String) throws -> Int {
    guard let value = try integer(attribute: name) else {
      throw StorageError.missing(name: name, file: url.path)
    }
    return value
  }

  func write(training: [TrainingRecord]) throws {
    let count = [training.count]
    try write("/train/iteration", training.map { Int64($0.iteration) }, shape: count)
    try write("/train/loss", training.map(\.loss), shape: count)
    try write("/train/seconds", training.map(\.seconds), shape: count)
  }

  func readTraining() throws -> [TrainingRecord] {
    let iterations = try counts("/train/iteration")
    let losses = try finite("/train/loss")
    let seconds = try seconds("/train/seconds")
    guard iterations.count == losses.count, losses.count == seconds.count else {
      throw inconsistent("the datasets of /train differ in length")
    }
    return iterations.indices.map {
      TrainingRecord(iteration: iterations[$0], loss: losses[$0], seconds: seconds[$0])
    }
  }

  func write(validation: [ValidationRecord], metric: String) throws {
    let width = validation.first?.scores.count ?? 0
    precondition(
      validation.allSatisfy { $0.scores.count == width }, "points of a curve differ in length")
    try write(
      "/validation/iteration", validation.map { Int64($0.iteration) }, shape: [validation.count])
    try write(
      "/validation/\(metric)", validation.flatMap(\.scores), shape: [validation.count, width])
  }

  /// - Parameter metric: What the scores are of; nil in a checkpoint, which does not tell.
  func readValidation(metric: Metric?) throws -> [ValidationRecord] {
    let iterations = try counts("/validation/iteration")
    let name = "/validation/\(metric?.name ?? "score")"
    let (shape, scores) = try doubles(name)
    if let metric { try check(scores, of: metric, in: name, mayBeNone: !metric.isShare) }
    guard shape.count == 2, shape[0] == iterations.count else {
      throw inconsistent("the datasets of /validation differ in length")
    }
    return iterations.indices.map {
      ValidationRecord(
        iteration: iterations[$0], scores: Array(scores[$0 * shape[1]..<($0 + 1) * shape[1]]))
    }
  }

  /// Writes arrays below `group` and their order, which HDF5 does not keep, as an attribute.
  func write(_ arrays: [NamedArray], in group: String) throws {
    try setAttribute("\(group)Order", arrays.map(\.name).joined(separator: "\n"))
    for array in arrays { try write("/\(group)/\(array.name)", array.values, shape: array.shape) }
  }

  func readArrays(in group: String) throws -> [NamedArray] {
    try distinctLines(requiredText("\(group)Order"), in: "\(group)Order").map { name in
      let (shape, values) = try floats("/\(group)/\(name)")
      // What tensors can have.
      guard shape.count <= 5, shape.allSatisfy({ $0 <= Int32.max }) else {
        throw inconsistent("'/\(group)/\(name)' has no shape of a parameter")
      }
      return NamedArray(name: name, shape: shape, values: values)
    }
  }

  func inconsistent(_ reason: String) -> ResultsError {
    .inconsistent(file: url.path, reason: reason)
  }
}
