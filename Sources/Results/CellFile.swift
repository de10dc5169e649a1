import Foundation
import Storage

/// One finished cell on disk: written once, afterwards only read.
///
/// The file is built under a temporary name, flushed and renamed into place, so a reader finds
/// either no file or a complete one, whatever happens to the writer. A failed or diverged cell is
/// a file too.
///
/// | dataset                                | shape                   | type    |
/// |----------------------------------------|-------------------------|---------|
/// | `/test/accuracy` or `/test/loss`       | `[episodes, steps + 1]` | Float64 |
/// | `/test/episode`, digest of the content | `[episodes]`            | UInt64  |
/// | `/diagnostics/<name>`, where recorded  | `[episodes, steps + 1]` | Float64 |
/// | `/train/iteration`                     | `[records]`             | Int64   |
/// | `/train/loss`, `/train/seconds`        | `[records]`             | Float64 |
/// | `/validation/iteration`                | `[records]`             | Int64   |
/// | `/validation/accuracy` or `.../loss`   | `[records, episodes]`   | Float64 |
/// | `/parameters/...`                      | as learned              | Float32 |
///
/// Attributes of `/`: `format`, `schema`, `suite`, `cell`, `algorithm`, `dataset`, `split`, `way`,
/// `shot`, `query`, `repeat`, `metric`, `configuration`, `provenance`, `status`, `error`,
/// `diagnostics` (their names), `parametersOrder`, `parametersDigest`, `digest`, `iterations` (done),
/// `testSeconds` and, where it was measured, `peakMemory`.
public enum CellFile {
  static let format = "cell"

  /// Stores `record` at `url`, and makes the folder if it is missing.
  ///
  /// A failed or diverged result that is there is replaced. A finished one with equal digest is
  /// left as it is.
  ///
  /// - Parameter replacing: Whether to replace whatever is there, without looking at it.
  /// - Throws: `ResultsError.exists` if a finished result with other numbers is there; what `read`
  ///   throws if something else is there; `StorageError.noSpace`, `.notWritable`. In all
  ///   cases nothing at `url` has changed.
  /// - Precondition: `metric` is `accuracy` or `loss`, and names of parameters differ.
  /// - Complexity: O(bytes written), two `fsync` calls.
  public static func write(_ record: CellRecord, to url: URL, replacing: Bool = false) throws {
    precondition(metrics.contains(record.metric), "'\(record.metric)' is not a metric")
    if !replacing, FileManager.default.fileExists(atPath: url.path) {
      let present = try read(url)
      if present.status == .done {
        guard present.digest == record.digest else { throw ResultsError.exists(file: url.path) }
        return
      }
    }
    try AtomicFile.write(to: url) { temporary in
      let file = try HDF5File.create(at: temporary)
      try writeAttributes(of: record, to: file)
      let test = record.test
      try file.write(
        "/test/\(record.metric)", test.scores, shape: [test.episodes, test.steps + 1])
      try file.write("/test/episode", test.digests, shape: [test.episodes])
      try file.setAttribute("diagnostics", test.diagnostics.map(\.name).joined(separator: "\n"))
      for diagnostic in test.diagnostics {
        try file.write(
          "/diagnostics/\(diagnostic.name)", diagnostic.values,
          shape: [test.episodes, diagnostic.steps + 1])
      }
      try file.write(training: record.training)
      try file.write(validation: record.validation, metric: record.metric)
      try file.write(record.parameters, in: "parameters")
      try file.close()
    }
  }

  /// The record stored at `url`, checked against the digest that it carries.
  ///
  /// - Parameter includingParameters: Whether to read the learned parameters, by far the largest
  ///   part; without them the digest is known and checked all the same.
  /// - Throws: `StorageError`, `ResultsError.foreign`, `.newer`, `.inconsistent`.
  public static func read(_ url: URL, includingParameters: Bool = false) throws -> CellRecord {
    let file = try HDF5File.open(reading: url)
    try file.checkHeader(format: format)
    let metric = try file.requiredText("metric")
    guard metrics.contains(metric) else {
      throw file.inconsistent("'\(metric)' is not a metric")
    }
    var record = CellRecord(
      suite: try file.requiredText("suite"), cell: try file.requiredText("cell"),
      algorithm: try file.requiredText("algorithm"), dataset: try file.requiredText("dataset"),
      split: try file.requiredText("split"), way: try file.requiredInteger("way"),
      shot: try file.requiredInteger("shot"), query: try file.requiredInteger("query"),
      repetition: try file.requiredInteger("repeat"), metric: metric,
      configuration: try file.requiredText("configuration"),
      provenance: try file.requiredText("provenance"), status: try status(in: file),
      test: try outcomes(in: file, metric: metric), training: try file.readTraining(),
      validation: try file.readValidation(metric: metric),
      iterations: try file.integer(attribute: "iterations"),
      testSeconds: try file.number(attribute: "testSeconds"),
      peakMemory: try file.integer(attribute: "peakMemory"))
    let parametersDigest = try file.requiredText("parametersDigest")
    if includingParameters {
      record.parameters = try file.readArrays(in: "parameters")
      guard record.parametersDigest == parametersDigest else {
        throw file.inconsistent("its parameters do not fit their digest")
      }
    }
    record.parametersDigest = parametersDigest
    guard try file.requiredText("digest") == record.digest else {
      throw file.inconsistent("its numbers do not fit their digest")
    }
    return record
  }

  /// What the file at `url` says of itself, without its numbers; nil if there is no file.
  ///
  /// - Parameter cell: The id that the file must carry.
  /// - Throws: `StorageError`, `ResultsError.foreign`, `.newer`, `.otherCell`.
  /// - Complexity: O(1), a few reads.
  public static func head(at url: URL, cell: String) throws -> CellHead? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let file = try HDF5File.open(reading: url)
    try file.checkHeader(format: format)
    let found = try file.requiredText("cell")
    guard found == cell else {
      throw ResultsError.otherCell(file: url.path, expected: cell, found: found)
    }
    let iterations = try file.integer(attribute: "iterations")
      ?? file.int64s("/train/iteration").values.last.map(Int.init)
    return CellHead(
      cell: cell, configuration: try file.requiredText("configuration"),
      provenance: try file.requiredText("provenance"), status: try status(in: file),
      iterations: iterations ?? 0)
  }

  private static let metrics = ["accuracy", "loss"]

  private static func writeAttributes(of record: CellRecord, to file: HDF5File) throws {
    try file.writeHeader(format: format)
    try file.setAttribute("suite", record.suite)
    try file.setAttribute("cell", record.cell)
    try file.setAttribute("algorithm", record.algorithm)
    try file.setAttribute("dataset", record.dataset)
    try file.setAttribute("split", record.split)
    try file.setAttribute("way", record.way)
    try file.setAttribute("shot", record.shot)
    try file.setAttribute("query", record.query)
    try file.setAttribute("repeat", record.repetition)
    try file.setAttribute("metric", record.metric)
    try file.setAttribute("configuration", record.configuration)
    try file.setAttribute("provenance", record.provenance)
    try file.setAttribute("status", record.status.name)
    try file.setAttribute("error", record.status.message ?? "")
    try file.setAttribute("parametersDigest", record.parametersDigest)
    try file.setAttribute("digest", record.digest)
    if let iterations = record.iterations { try file.setAttribute("iterations", iterations) }
    if let seconds = record.testSeconds { try file.setAttribute("testSeconds", seconds) }
    if let peakMemory = record.peakMemory { try file.setAttribute("peakMemory", peakMemory) }
  }

  private static func status(in file: HDF5File) throws -> CellRecord.Status {
    let name = try file.requiredText("status")
    let message = try file.requiredText("error")
    for status in [.done, .failed(message), .diverged(message)] as [CellRecord.Status]
    where status.name == name {
      return status
    }
    throw file.inconsistent("'\(name)' is not a status")
  }

  private static func outcomes(in file: HDF5File, metric: String) throws -> TestOutcomes {
    let (shape, scores) = try file.doubles("/test/\(metric)")
    let digests = try file.uint64s("/test/episode").values
    guard shape.count == 2, shape[0] == digests.count, shape[1] > 0 else {
      throw file.inconsistent("the datasets of /test do not fit each other")
    }
    // Files of earlier versions have no such attribute.
    let names = try file.text(attribute: "diagnostics") ?? ""
    let diagnostics = try names.split(separator: "\n").map { name in
      let (shape, values) = try file.doubles("/diagnostics/\(name)")
      guard shape.count == 2, shape[0] == digests.count, shape[1] > 0 else {
        throw file.inconsistent("the diagnostic '\(name)' does not fit the test episodes")
      }
      return TestDiagnostic(name: String(name), values: values, steps: shape[1] - 1)
    }
    return TestOutcomes(
      scores: scores, steps: shape[1] - 1, digests: digests, diagnostics: diagnostics)
  }
}
