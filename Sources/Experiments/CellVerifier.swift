import Digests
import Foundation
import Kinds
import Measures
import Randomness
import Results
import Storage
import Suites
import Tensors

/// Checks stored results: whether a file is what was written, whether it is the cell that it says to
/// be, and whether its scores come out again.
///
///     let verifier = CellVerifier(suite: suite, folder: folder, datasets: datasets)
///     for cell in suite.cells { print(try verifier.verify(cell).problems) }
///
/// Which episodes are recomputed is chosen by a stream of its own, addressed by a seed and the cell:
/// the same seed chooses the same ones whatever else is checked.
public struct CellVerifier: Sendable {
  /// The suite that the results are of.
  public let suite: Suite
  /// Where the results are.
  public let folder: ResultsFolder
  /// Where tasks come from.
  public let datasets: OpenDatasets
  /// How many episodes of each cell are checked; nil for all.
  public var episodes: Int? = 5
  /// What chooses them.
  public var seed: UInt64 = 1

  /// A verifier of the results of a suite.
  public init(suite: Suite, folder: ResultsFolder, datasets: OpenDatasets) {
    self.suite = suite
    self.folder = folder
    self.datasets = datasets
  }

  /// Checks the stored result of a cell.
  ///
  /// - Throws: Where datasets are not there; what is wrong with the result is told in what is returned.
  /// - Complexity: That of testing the chosen episodes.
  public func verify(_ cell: Cell) throws -> CellVerification {
    var result = CellVerification(cell: cell.id, extent: .missing)
    guard let record = read(cell, &result) else { return result }
    result.extent = record.status == .done ? .episodes : .file
    // What has another configuration does not count, in the suite's digest neither.
    result.digest = record.configuration == cell.configuration ? record.digest : nil
    checkIdentity(of: record, cell, &result)
    guard record.status == .done else { return result }
    try checkData(of: record, cell, &result)
    try checkEpisodes(of: record, cell, &result)
    return result
  }

  /// Compares the stored result of a cell with that of a second run, bit by bit.
  ///
  /// On another type of CPU training goes another way from the first rounding on: nothing is compared
  /// there, and `isExact` is false.
  ///
  /// - Parameter again: Where the second run put its result.
  public func compare(_ cell: Cell, with again: ResultsFolder) -> CellVerification {
    var result = CellVerification(cell: cell.id, extent: .missing)
    guard let record = read(cell, &result) else { return result }
    result.extent = .retrained
    result.digest = record.digest
    result.stored = record.test.units
    let provenance = Provenance(json: record.provenance)
    result.isExact =
      Host.computesLike(record.provenance)
      && Host.computesLike(provenance?.trained?.provenance ?? record.provenance)
    guard result.isExact else { return result }
    do {
      var second = try CellFile.read(again.file(for: cell.id), includingParameters: true)
      // What was tested again has the validation curve of the protocol that it was trained under.
      if provenance?.trained != nil { second.validation = record.validation }
      if let difference = record.firstDifference(from: second) {
        result.fail("trained again, it differs in \(difference)")
      }
    } catch {
      result.fail("it could not be trained again: \(error)")
    }
    return result
  }

  // MARK: The file

  /// The record in the cell's file; nil where there is none, or none that can be read.
  private func read(_ cell: Cell, _ result: inout CellVerification) -> CellRecord? {
    let file = folder.file(for: cell.id)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    result.extent = .file
    do {
      guard try HDF5File.hasChecksum(file) else {
        result.fail("its file does not end with a checksum: \(file.relativePath)")
        return nil
      }
      return try CellFile.read(file, includingParameters: true)
    } catch {
      result.fail("\(error)")
      return nil
    }
  }

  private func checkIdentity(
    of record: CellRecord, _ cell: Cell, _ result: inout CellVerification
  ) {
    let digest = Digest.hex(of: record.configuration).prefix(8)
    if record.cell != cell.id {
      result.fail("its file holds the cell '\(record.cell)'")
    } else if !record.cell.hasSuffix("-\(digest)") {
      result.fail("its configuration has the digest \(digest), which is not that of its id")
    } else if record.configuration != cell.configuration {
      result.fail("its configuration is not the suite's")
    }
    var found: [(String, String, String)] = [
      ("kind", record.kind, cell.kind), ("algorithm", record.algorithm, cell.algorithm),
      ("dataset", record.dataset, cell.dataset), ("split", record.split, cell.split),
      ("metric", record.metric.name, cell.metric.name),
    ]
    found += cell.plan.coordinates.entries.map { coordinate in
      (coordinate.name, record.coordinates[coordinate.name]?.description ?? "missing", "\(coordinate.value)")
    }
    found.append(("repeat", "\(record.repetition)", "\(cell.repetition)"))
    for (name, stored, wanted) in found where stored != wanted {
      result.fail("its \(name) is '\(stored)' instead of '\(wanted)'")
    }
  }

  // MARK: The data

  /// The split's named list, and the content of each part that the result's provenance tells.
  private func checkData(
    of record: CellRecord, _ cell: Cell, _ result: inout CellVerification
  ) throws {
    let data = Provenance(json: record.provenance)?.data ?? [:]
    try datasets.prepare([cell])
    let present = datasets.digests.merging(
      ["\(cell.dataset)/\(cell.split)": cell.splitDigest]) { first, _ in first }
    for name in data.keys.sorted() {
      guard let digest = present[name], digest != data[name] else { continue }
      result.fail(
        "'\(name)' had the digest \(data[name]!.prefix(12)) and has \(digest.prefix(12)) now")
    }
  }

  // MARK: Units

  private func checkEpisodes(
    of record: CellRecord, _ cell: Cell, _ result: inout CellVerification
  ) throws {
    result.stored = record.test.units
    result.episodes = chosen(of: record)
    result.isExact = Host.computesLike(record.provenance)
    checkCount(of: record, cell, &result)
    guard checkChoice(of: record, cell, &result) else { return }
    let plan = cell.choosing(record.tuning?.chosen).plan
    try check(plan.run(in: RunContext(cell, from: datasets)), of: record, cell, &result)
  }

  /// The trials are those of the suite, and what was chosen is the best of them.
  ///
  /// - Returns: Whether there is a choice to go on with where there has to be one.
  private func checkChoice(of record: CellRecord, _ cell: Cell, _ result: inout CellVerification) -> Bool {
    let (wanted, made) = (cell.tuning?.trials ?? [], record.tuning?.trials ?? [])
    guard wanted.map(\.values) == made.map(\.values) else {
      result.fail("its trials of settings are not those of the suite")
      return false
    }
    if let tuning = record.tuning, tuning.chosen != TuningRecord.best(of: made, by: cell.metric) {
      result.fail("it was trained with the values of trial \(tuning.chosen), which are not the best on validation")
    }
    return true
  }

  private func check<Run: CellRun>(
    _ run: Run, of record: CellRecord, _ cell: Cell, _ result: inout CellVerification
  ) throws {
    let chosen = result.episodes
    // Without parameters only the tasks can be made again, and where units train on another type of CPU.
    let isUnknown = cell.plan.isTrained && record.parameters.isEmpty
      || cell.plan.kind.learnsInUnits && !result.isExact
    guard !isUnknown else {
      let digests = try Workers.map(chosen.count) { try run.digest(ofUnit: chosen[$0], of: .test) }
      for (unit, digest) in zip(chosen, digests) { check(digest, of: record, unit, &result) }
      return
    }
    // What was never trained is as it begins.
    let isAsItBegins = !cell.plan.isTrained && record.parameters.isEmpty
    let untrained = run.begin()
    guard let learned = isAsItBegins ? untrained : run.learned(keeping: record.parameters, in: untrained)
    else {
      result.fail("its parameters are not those of its learner, running statistics included")
      return
    }
    result.extent = .recomputed
    let outcomes = try Workers.map(chosen.count) { try run.wholeUnit(chosen[$0], of: .test, with: learned) }
    for (unit, outcome) in zip(chosen, outcomes) {
      check(outcome.digest, of: record, unit, &result)
      for (index, row) in outcome.rows.enumerated() {
        check(row, isJudged: index == 0, of: record, cell, unit, &result)
      }
    }
  }

  /// A random choice without repetition, in order.
  private func chosen(of record: CellRecord) -> [Int] {
    let count = record.test.units
    guard let episodes, episodes < count else { return Array(0..<count) }
    var random = RandomStream(seed: seed).child("verify/\(record.cell)").generator()
    return random.sample(episodes, from: count).sorted()
  }

  /// There are as many units as the protocol says or, where it says a half-width, its rule.
  private func checkCount(
    of record: CellRecord, _ cell: Cell, _ result: inout CellVerification
  ) {
    let (count, units) = (record.test.units, record.unit.plural)
    guard let rule = cell.stoppingRule else {
      if count != cell.plan.effort.units {
        result.fail("it was tested on \(count) \(units) instead of \(cell.plan.effort.units)")
      }
      return
    }
    let scores = record.test.final
    var wanted = rule.needsMore([]) ?? 0
    while wanted < count, let more = rule.needsMore(Array(scores.prefix(wanted))) { wanted = more }
    if wanted != count || rule.needsMore(scores) != nil {
      result.fail("it was tested on \(count) \(units), where its half-width needs \(wanted)")
    }
  }

  private func check(
    _ digest: UInt64, of record: CellRecord, _ unit: Int, _ result: inout CellVerification
  ) {
    guard digest != record.test.digests[unit] else { return }
    result.fail(
      "test \(record.unit.singular) \(unit) is another task: its digest is \(hex(digest)), stored is "
        + hex(record.test.digests[unit]))
  }

  /// Every number of an outcome. Of what is recorded besides the scores only where bits are to be equal, and
  /// nothing that either has alone.
  private func check(
    _ found: OutcomeArray, isJudged: Bool, of record: CellRecord, _ cell: Cell, _ unit: Int,
    _ result: inout CellVerification
  ) {
    guard isJudged || result.isExact else { return }
    let name = "test \(record.unit.singular) \(unit)"
    let array = isJudged ? record.test.judged : record.test[found.metric.name]
    guard let array, array.axes == found.axes else {
      if isJudged { result.fail("\(name) has \(found.width) numbers, stored are \(array?.width ?? 0)") }
      return
    }
    for (place, number) in found.values.enumerated() {
      let stored = array.values[unit * array.width + place]
      let difference = abs(number - stored)
      // Of two that are not finite, only equal bits can be told.
      if difference > result.largestDifference { result.largestDifference = difference }
      let isAllowed =
        result.isExact
        ? number.bitPattern == stored.bitPattern
        : VerificationTolerance.otherCPU.allows(number, for: stored, queries: cell.plan.kind.answers)
      guard !isAllowed else { continue }
      result.fail(
        "\(name): \(found.metric.name)\(found.words(of: place)) is \(number), stored is \(stored)")
      return
    }
  }

  private func hex(_ digest: UInt64) -> String {
    let digits = String(digest, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
