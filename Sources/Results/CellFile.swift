import Foundation
import Measures
import Storage

/// One finished cell on disk: written once, afterwards only read.
///
/// The file is built under a temporary name, flushed and renamed into place, so a reader finds
/// either no file or a complete one, whatever happens to the writer. A failed or diverged cell is
/// a file too.
///
/// | dataset                                | shape                   | type    |
/// |----------------------------------------|-------------------------|---------|
/// | `/train/iteration`                     | `[records]`             | Int64   |
/// | `/train/loss`, `/train/seconds`        | `[records]`             | Float64 |
/// | `/validation/iteration`                | `[records]`             | Int64   |
/// | `/validation/<metric>`                 | `[records, units]`      | Float64 |
/// | `/parameters/...`                      | as learned              | Float32 |
/// | `/pictures/<name>`, where there are   | `[rows, columns, height, width, channels]` | UInt8 |
/// | `/curves/<name>/x`, `mean`, `deviation`, where there are | `[panels, places]` | Float64 |
/// | `/curves/<name>/told`, `truth`         | `[panels, points, 2]`   | Float64 |
/// | where settings were chosen:            |                         |         |
/// | `/tuning/score`, NaN if diverged       | `[trials, units]`       | Float64 |
/// | `/tuning/seconds`                      | `[trials]`              | Float64 |
/// | `/tuning/iterations`                   | `[trials]`              | Int64   |
/// | `/tuning/values/<setting>`             | `[trials]`              | any     |
/// | few-shot (schema 1):                   |                         |         |
/// | `/test/accuracy` or `/test/loss`       | `[episodes, steps + 1]` | Float64 |
/// | `/test/episode`, digest of the content | `[episodes]`            | UInt64  |
/// | `/diagnostics/<name>`, where recorded  | `[episodes, steps + 1]` | Float64 |
/// | other kinds (schema 2):                |                         |         |
/// | `/units/digest`, of the content        | `[units]`               | UInt64  |
/// | `/outcomes/<name>/values`              | `[units, axes...]`      | Float64 |
/// | `/outcomes/<name>/<axis>`              | `[places]`              | Float64 |
///
/// Attributes of `/`: `format`, `schema`, `suite`, `cell`, `kind`, `algorithm`, `variant`, `dataset`,
/// `split`, `task`, `coordinates` (their names) and each of them (few-shot: `way`, `shot`, `query`),
/// `repeat`, `unit`, `units`, `metric`, `configuration`, `provenance`, `status`, `error`, `diagnostics` or
/// `outcomes` (their names), `parametersOrder`, `pictures` and `curves` (their names), `parametersDigest`, `digest`, `iterations` (done),
/// `testSeconds` and, where it was measured, `peakMemory`. Where settings were chosen `tuned` (their names),
/// `chosen` (the index of the trial) and, of settings that are words, `tuned: <setting>` in place of a dataset. In schema 2 also `<outcome>: axes`, `: words`,
/// `: direction` and `: scale`, and the labels of each axis as `<outcome>: <axis>`. What a sheet
/// shows is told by `<sheet>: title` and `<sheet>: caption`, of curves also by `<sheet>: columns` and `<sheet>: headings`.
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
  /// - Precondition: Names of parameters differ.
  /// - Complexity: O(bytes written), two `fsync` calls.
  public static func write(_ record: CellRecord, to url: URL, replacing: Bool = false) throws {
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
      if record.kind == FirstKind.name {
        try writeEpisodes(record.test, metric: record.metric, to: file)
      } else {
        try writeUnits(record.test, to: file)
        if record.test.arrays.isEmpty { try write(record.metric, to: file) }
      }
      if let tuning = record.tuning {
        try file.write(trials: tuning.trials)
        try file.setAttribute("chosen", tuning.chosen)
      }
      try file.write(training: record.training)
      try file.write(validation: record.validation, metric: record.metric.name)
      try file.write(record.parameters, in: "parameters")
      try file.write(record.pictures)
      try file.write(record.curves)
      try file.close()
    }
  }

  /// The record stored at `url`, checked against the digest that it carries.
  ///
  /// - Parameter includingParameters: Whether to read the learned parameters, by far the largest
  ///   part; without them the digest is known and checked all the same.
  /// - Throws: `StorageError`, `ResultsError.foreign`, `.newer`, `.inconsistent`.
  public static func read(_ url: URL, includingParameters: Bool = false) throws -> CellRecord {
    try read(HDF5File.open(reading: url), includingParameters: includingParameters)
  }

  package static func read(_ file: HDF5File, includingParameters: Bool) throws -> CellRecord {
    try file.checkHeader(format: format)
    let kind = try kind(in: file)
    let isOfEpisodes = kind == FirstKind.name
    let metric = try metric(in: file, isOfEpisodes: isOfEpisodes)
    let algorithm = try file.requiredText("algorithm")
    let names = try names(in: file, algorithm: algorithm)
    let status = try status(in: file)
    let isDone = status == .done
    var record = CellRecord(
      suite: try file.requiredText("suite"), cell: try file.requiredText("cell"), kind: kind,
      algorithm: algorithm, variant: names.variant, dataset: try file.requiredText("dataset"),
      split: try file.requiredText("split"), task: names.task, coordinates: try coordinates(in: file),
      repetition: try file.requiredCount("repeat"), unit: try unit(in: file), metric: metric,
      configuration: try file.requiredText("configuration"),
      provenance: try file.requiredText("provenance"), status: status,
      test: try isOfEpisodes
        ? episodes(in: file, metric: metric, isDone: isDone) : units(in: file, isDone: isDone),
      tuning: try file.readTuning(), training: try file.readTraining(),
      validation: try file.readValidation(metric: metric),
      iterations: try file.count(attribute: "iterations"),
      testSeconds: try file.seconds(attribute: "testSeconds"),
      peakMemory: try file.integer(attribute: "peakMemory"))
    try file.check(record.peakMemory.map { [$0] } ?? [], in: "peakMemory", are: "bytes, 0 or more,") { $0 >= 0 }
    record.pictures = try file.readPictures()
    record.curves = try file.readCurves()
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
    let iterations = try file.count(attribute: "iterations") ?? file.counts("/train/iteration").last
    return CellHead(
      cell: cell, configuration: try file.requiredText("configuration"),
      provenance: try file.requiredText("provenance"), status: try status(in: file),
      iterations: iterations ?? 0)
  }

  private static func metric(in file: HDF5File, isOfEpisodes: Bool) throws -> Metric {
    let name = try file.requiredText("metric")
    guard isOfEpisodes else { return try metric(named: name, in: file) }
    guard let metric = episodeMetrics.first(where: { $0.name == name }) else {
      throw file.inconsistent("'\(name)' is not a metric")
    }
    return metric
  }

  private static func writeAttributes(of record: CellRecord, to file: HDF5File) throws {
    try file.writeHeader(format: format, schema: record.kind == FirstKind.name ? 1 : 2)
    try writeIdentity(of: record, to: file)
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
}
