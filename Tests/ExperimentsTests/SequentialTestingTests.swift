import Experiments
import FewShotCells
import Foundation
import Results
import Statistics
import Suites
import Synchronization
import TemporaryFolders
import Tensors
import Testing

/// Suites that want a half-width instead of a number of test episodes.
@Suite(.serialized)
struct SequentialTestingTests {
  private static let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))

  private static func suite(_ test: String) throws -> Suite {
    try Suite(
      yaml: """
        suite: sequential
        version: 1
        seed: 3
        grid:
          - { algorithm: [maml, nearest-neighbor], dataset: gaussians, way: 3, shot: 1 }
          - { algorithm: maml, dataset: sinusoid, shot: 5 }
        protocol:
          train: { iterations: 20, metaBatch: 4, query: 3 }
          test: { query: 5, \(test) }
        settings: { maml: { network: no-conv } }
        override:
          - { when: { dataset: sinusoid }, set: { until: 0.5 } }
        """.replacing("settings: { maml: { network: no-conv } }\n", with: "")
        .replacing(
          "override:\n",
          with: "override:\n  - { when: { algorithm: maml, dataset: gaussians }, set: { network: no-conv } }\n"),
      file: "sequential.yaml", catalog: .standard)
  }

  private func run(_ suite: Suite, threads: Int) throws -> [CellRecord] {
    let folder = try TemporaryFolder()
    Workers.threads = threads
    _ = try SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder.url), datasets: Self.datasets
    ).run(suite.cells)
    return try ResultsFolder(url: folder.url).records(includingParameters: true)
  }

  @Test func asManyEpisodesAreRunAsTheHalfWidthNeedsOnAnyNumberOfThreads() throws {
    let suite = try Self.suite("until: 0.01")
    let expected = try run(suite, threads: 1)
    for record in expected {
      let rule = try #require(suite.cells.first { $0.id == record.cell }?.stoppingRule)
      let width = try #require(rule.interval(record.test.final)?.halfWidth)
      #expect(record.test.episodes >= 200 && width <= rule.halfWidth)
      #expect(rule.needsMore(record.test.final) == nil)
    }
    #expect(expected.contains { $0.test.episodes > 400 })
    for threads in [2, 3] {
      #expect(try run(suite, threads: threads).map(\.digest) == expected.map(\.digest))
    }
  }

  @Test func episodesAreTheMostThatAreRun() throws {
    let suite = try Self.suite("until: 0.0001, episodes: 230")
    let records = try run(suite, threads: 2).filter { $0.metric == .accuracy }
    #expect(records.map(\.test.episodes) == [230, 230])
  }

  @Test func theFirstEpisodesAreThoseOfAFixedNumber() throws {
    let fixed = try run(try Self.suite("episodes: 250"), threads: 2)
    let sequential = try run(try Self.suite("until: 0.01"), threads: 2)
    for algorithm in ["maml", "nearest-neighbor"] {
      func record(_ records: [CellRecord]) -> CellRecord {
        records.first { $0.algorithm == algorithm && $0.dataset == "gaussians" }!
      }
      #expect(
        record(sequential).test.digests.prefix(200) == record(fixed).test.digests.prefix(200))
    }
  }

  @Test func aTestThatIsStoppedAgainAndAgainComesToTheSameNumberOfEpisodes() throws {
    let suite = try Self.suite("until: 0.01")
    let expected = try run(suite, threads: 2).map(\.digest)
    let folder = try TemporaryFolder()
    let results = ResultsFolder(url: folder.url)
    var stops = 0
    while true {
      var runner = SuiteRunner(suite: suite, folder: results, datasets: Self.datasets)
      let stop = runner.stop
      let blocks = Mutex(0)
      let limit = 2 + 5 * stops
      runner.observer.progressed = { progress in
        guard progress.phase == .testing else { return }
        blocks.withLock { blocks in
          blocks += 1
          if blocks == limit { stop.set() }
        }
      }
      if try runner.run(suite.cells).open == 0 { break }
      stops += 1
      try #require(stops < 100)
    }
    #expect(stops > 2)
    #expect(try results.records(includingParameters: true).map(\.digest) == expected)
  }

  @Test func aVerifierKnowsHowManyEpisodesTheHalfWidthNeeds() throws {
    let suite = try Self.suite("until: 0.01")
    let folder = try TemporaryFolder()
    let results = ResultsFolder(url: folder.url)
    Workers.threads = 2
    _ = try SuiteRunner(suite: suite, folder: results, datasets: Self.datasets).run(suite.cells)
    let verifier = CellVerifier(suite: suite, folder: results, datasets: Self.datasets)
    for cell in suite.cells {
      #expect(try verifier.verify(cell).problems == [])
      var record = try CellFile.read(results.file(for: cell.id), includingParameters: true)
      let width = record.test.steps + 1
      record.test = TestOutcomes(
        scores: record.test.scores.dropLast(width), steps: record.test.steps,
        digests: record.test.digests.dropLast())
      try CellFile.write(record, to: results.file(for: cell.id), replacing: true)
      #expect(try verifier.verify(cell).problems.first?.contains("half-width needs") == true)
    }
  }
}
