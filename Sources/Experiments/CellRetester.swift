import Foundation
import Kinds
import Results
import Suites
import Tensors

/// Tests cells with the stored parameters of cells that were trained alike and tested otherwise: a new
/// protocol without new training.
///
///     let retester = CellRetester(suite: suite, folder: folder, sources: [folder], datasets: datasets)
///     if let trained = try retester.trained(for: cell) { try retester.retest(cell, with: trained) }
///
/// Training and validation curves are taken over as they were measured; the result's provenance names
/// the cell that they are of (``Provenance/trained``).
public struct CellRetester: Sendable {
  private let suite: Suite
  private let folder: ResultsFolder
  private let datasets: OpenDatasets
  /// Files of cells that are done and have stored parameters, by what they learned.
  private let stored: [TrainingIdentity: URL]
  /// Who is told what happens.
  public var observer = RunObserver()
  /// What asks the run to stop.
  public var stop = StopSignal()

  /// A retester that nobody observes or stops.
  ///
  /// - Parameters:
  ///   - folder: Where results go.
  ///   - sources: Where trained cells are looked for; of several that fit, the first folder's counts.
  /// - Throws: `StorageError`, `ResultsError`: a file that cannot be read is named.
  /// - Complexity: O(bytes in the sources).
  public init(
    suite: Suite, folder: ResultsFolder, sources: [ResultsFolder], datasets: OpenDatasets
  ) throws {
    self.suite = suite
    self.folder = folder
    self.datasets = datasets
    var stored: [TrainingIdentity: URL] = [:]
    for source in sources {
      for record in try source.records(includingParameters: true)
      where record.status == .done && !record.parameters.isEmpty {
        guard let identity = TrainingIdentity(configuration: record.configuration),
          stored[identity] == nil
        else { continue }
        stored[identity] = source.file(for: record.cell)
      }
    }
    self.stored = stored
  }

  /// The result whose parameters a cell can be tested with; nil if there is none.
  ///
  /// - Throws: `StorageError`, `ResultsError`.
  public func trained(for cell: Cell) throws -> CellRecord? {
    guard let file = TrainingIdentity(cell).flatMap({ stored[$0] }) else { return nil }
    return try CellFile.read(file, includingParameters: true)
  }

  /// Tests a cell with what another one learned, and writes the result.
  ///
  /// - Throws: `ExperimentsError.foreignParameters`, `.otherData`; what the disk or missing datasets are to blame for.
  public func retest(_ cell: Cell, with trained: CellRecord) throws -> CellOutcome {
    PeakMemory.reset()
    observer.began(cell, cell.plan.effort.iterations)
    try datasets.prepare([cell])
    try checkData(of: trained, cell)
    let testStart = ContinuousClock.now
    let stage = CellStage(cell, choosing: trained.tuning)
    guard let test = try outcomes(of: stage.plan.run(in: RunContext(cell, from: datasets)), stage, trained)
    else { return .stopped }
    var provenance = Host.provenance(of: [cell], datasets: datasets, threads: Workers.threads)
    // Tested again a second time, a cell still is of its first training.
    provenance.trained =
      Provenance(json: trained.provenance)?.trained
      ?? .init(cell: trained.cell, digest: trained.digest, provenance: trained.provenance)
    var record = CellRecord(
      cell, in: suite.name, provenance: provenance.json, status: test.status, test: test)
    record.tuning = trained.tuning
    record.training = trained.training
    record.validation = trained.validation
    record.iterations = trained.iterations
    record.testSeconds = (ContinuousClock.now - testStart).seconds
    record.peakMemory = PeakMemory.bytes
    if suite.store.keepsParameters(ofRepeat: cell.repetition) { record.parameters = trained.parameters }
    try CellFile.write(record, to: folder.file(for: cell.id), replacing: true)
    let outcome = CellOutcome.finished(record)
    observer.ended(cell, outcome)
    return outcome
  }

  /// What the cell's units give with stored parameters; nil if asked to stop.
  private func outcomes<Run: CellRun>(of run: Run, _ stage: CellStage, _ trained: CellRecord) throws
    -> TestOutcomes?
  {
    guard let learned = run.learned(keeping: trained.parameters, in: run.begin()) else {
      throw ExperimentsError.foreignParameters(cell: stage.cell.id, source: trained.cell)
    }
    var progress = TestProgress<Run>()
    return try UnitTest(run, stage, observer: observer, stop: stop).outcomes(
      from: &progress, checkpointEvery: .infinity, checkpoint: { _ in }, learned: learned)
  }

  /// Throws if the dataset has another content than that which a result was trained on.
  private func checkData(of trained: CellRecord, _ cell: Cell) throws {
    let then = trained.trainingProvenance?.data ?? [:]
    for (name, now) in datasets.digests.sorted(by: { $0.key < $1.key })
    where name.hasPrefix("\(cell.dataset)/\(cell.split)/") {
      if let digest = then[name], digest != now {
        throw ExperimentsError.otherData(
          cell: cell.id, source: trained.cell, name: name, then: digest, now: now)
      }
    }
  }
}
