import Experiments
import FewShotCells
import Foundation
import Results
import Suites
import TemporaryFolders
import Tensors
import Testing

/// A new test protocol needs no new training.
@Suite(.serialized)
struct CellRetesterTests {
  private static let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))

  private static func suite(test: String, repeats: Int = 1, innerRate: String = "0.4") -> Suite {
    try! Suite(
      yaml: """
        suite: retested
        version: 1
        seed: 5
        grid: { algorithm: maml, dataset: strokes, way: 3, shot: 1, repeat: \(repeats) }
        protocol:
          train: { iterations: 20, metaBatch: 4, query: 3, validateEvery: 10, validationEpisodes: 4 }
          test: { \(test) }
        settings: { maml: { filters: 4, innerRate: \(innerRate) } }
        store: { parameters: first-repeat }
        """, file: "retested.yaml", catalog: .standard)
  }

  private static let together = suite(test: "episodes: 40, query: 6")
  private static let byShots = suite(test: "episodes: 50, query: 6, normalizeQueries: way x shot")

  init() { Workers.threads = 2 }

  private func trained(_ suite: Suite) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder.url), datasets: Self.datasets
    ).run(suite.cells)
    return folder
  }

  /// The retested cell of `suite`; nil where nothing stored fits it.
  private func retested(_ suite: Suite, from source: TemporaryFolder, to folder: TemporaryFolder) throws
    -> CellRecord?
  {
    let retester = try CellRetester(
      suite: suite, folder: ResultsFolder(url: folder.url),
      sources: [ResultsFolder(url: source.url)], datasets: Self.datasets)
    guard let trained = try retester.trained(for: suite.cells[0]) else { return nil }
    guard case .finished(let record) = try retester.retest(suite.cells[0], with: trained) else {
      return nil
    }
    return record
  }

  @Test func itComesToWhatTrainingUnderTheNewProtocolComesTo() throws {
    let source = try trained(Self.together)
    let anew = try trained(Self.byShots)
    let folder = try TemporaryFolder()
    let record = try #require(try retested(Self.byShots, from: source, to: folder))
    let cell = Self.byShots.cells[0]
    let wanted = try CellFile.read(
      ResultsFolder(url: anew.url).file(for: cell.id), includingParameters: true)
    #expect(record.test == wanted.test)
    #expect(record.parametersDigest == wanted.parametersDigest)
    #expect(record.training.map(\.loss) == wanted.training.map(\.loss))
    let other = try CellFile.read(
      ResultsFolder(url: source.url).file(for: Self.together.cells[0].id))
    #expect(record.test.digests.prefix(40) == other.test.digests[...])
    #expect(record.test.final.prefix(40) != other.test.final[...])
  }

  @Test func itNamesWhatItWasTestedWithAndIsVerified() throws {
    let source = try trained(Self.together)
    let folder = try TemporaryFolder()
    let record = try #require(try retested(Self.byShots, from: source, to: folder))
    let trained = Provenance(json: record.provenance)?.trained
    #expect(trained?.cell == Self.together.cells[0].id)
    var verifier = CellVerifier(
      suite: Self.byShots, folder: ResultsFolder(url: folder.url), datasets: Self.datasets)
    verifier.episodes = nil
    let found = try verifier.verify(Self.byShots.cells[0])
    #expect(found.problems == [] && found.extent == .recomputed)
    // Trained again under the new protocol it is validated otherwise, and only that.
    let again = try self.trained(Self.byShots)
    #expect(verifier.compare(Self.byShots.cells[0], with: ResultsFolder(url: again.url)).problems == [])
  }

  @Test func whatWasTrainedOnOtherDataIsRefused() throws {
    let source = try trained(Self.together)
    let results = ResultsFolder(url: source.url)
    let file = results.file(for: Self.together.cells[0].id)
    var record = try CellFile.read(file, includingParameters: true)
    let provenance = try #require(Provenance(json: record.provenance))
    let part = try #require(provenance.data.keys.first { $0.hasSuffix("/train") })
    var other = provenance
    other.data[part] = String(repeating: "0", count: 64)
    record.provenance = other.json
    try CellFile.write(record, to: file, replacing: true)
    let error = try #require(throws: ExperimentsError.self) {
      try retested(Self.byShots, from: source, to: try TemporaryFolder())
    }
    #expect("\(error)".contains("'\(part)' had the digest 000000000000"), "\(error)")
  }

  @Test func whatWasTrainedOtherwiseIsNotTaken() throws {
    let source = try trained(Self.together)
    let folder = try TemporaryFolder()
    let running = Self.suite(test: "episodes: 40, query: 6, batchNorm: running")
    #expect(try retested(running, from: source, to: folder) == nil)
    let faster = Self.suite(test: "episodes: 40, query: 3", innerRate: "0.1")
    #expect(try retested(faster, from: source, to: folder) == nil)
  }

  @Test func repeatsWithoutStoredParametersAreNotTaken() throws {
    let source = try trained(Self.suite(test: "episodes: 40, query: 6", repeats: 2))
    let folder = try TemporaryFolder()
    let suite = Self.suite(test: "episodes: 40, query: 3", repeats: 2)
    let retester = try CellRetester(
      suite: suite, folder: ResultsFolder(url: folder.url), sources: [ResultsFolder(url: source.url)],
      datasets: Self.datasets)
    #expect(try suite.cells.map { try retester.trained(for: $0) != nil } == [true, false])
  }
}
