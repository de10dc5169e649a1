import Experiments
import FewShotCells
import Foundation
import Results
import Suites
import Synchronization
import TemporaryFolders
import Testing

/// What becomes of a cell that is under way when its dataset is imported again.
@Suite struct OtherDataTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let suite = try! Suite(
    yaml: """
      suite: other-data
      version: 1
      seed: 1
      grid: { algorithm: protonet, dataset: cifar-fs, way: 2, shot: 1 }
      protocol:
        train: { iterations: 8, metaBatch: 1, query: 1 }
        test: { episodes: 5, query: 1 }
      settings: { protonet: { filters: 4, trainWay: 2 } }
      """, file: "other-data.yaml", catalog: .standard)

  /// Imports, and runs until `stoppingAfter` iterations are done.
  ///
  /// - Returns: At which iteration the run began, and why anew.
  private func run(
    _ results: String, onShade shade: Int, stoppingAfter last: Int = .max
  ) throws -> (iteration: Int?, reason: String?) {
    try ImportedClasses(
      of: "cifar-100", lists: "cifar-fs/bertinetto", side: 32, count: { _ in 6 }, shade: shade
    ).write(to: folder.file("data/cifar-100.h5"))
    var runner = SuiteRunner(
      suite: Self.suite, folder: ResultsFolder(url: folder.file(results)),
      datasets: OpenDatasets(data: folder.file("data")))
    let stop = runner.stop
    let began = Mutex<(iteration: Int?, reason: String?)>((nil, nil))
    runner.observer.began = { _, iteration in began.withLock { $0.iteration = iteration } }
    runner.observer.beganAnew = { _, reason in began.withLock { $0.reason = reason } }
    runner.observer.progressed = { if $0.phase == .training, $0.done == last { stop.set() } }
    let summary = try runner.run(Self.suite.cells)
    #expect(summary.open == (last == .max ? 0 : 1))
    return began.withLock { $0 }
  }

  private func digest(_ results: String) throws -> String {
    try #require(
      try ResultsFolder(url: folder.file(results)).records(includingParameters: true).first
    ).digest
  }

  @Test func aCheckpointOfOtherDataIsNotGoneOnFrom() throws {
    _ = try run("undisturbed", onShade: 100)
    _ = try run("results", onShade: 0, stoppingAfter: 3)
    let again = try run("results", onShade: 100)
    #expect(again.iteration == 0)
    #expect(again.reason?.contains("other data") == true)
    #expect(try digest("results") == digest("undisturbed"))
  }

  @Test func aCheckpointOfTheSameDataIsGoneOnFrom() throws {
    _ = try run("undisturbed", onShade: 0)
    _ = try run("results", onShade: 0, stoppingAfter: 3)
    let again = try run("results", onShade: 0)
    #expect(again.iteration == 3 && again.reason == nil)
    #expect(try digest("results") == digest("undisturbed"))
  }

  @Test func aBrokenCheckpointIsSetAsideAndItsCellBeginsAnew() throws {
    _ = try run("undisturbed", onShade: 0)
    _ = try run("results", onShade: 0, stoppingAfter: 3)
    let results = ResultsFolder(url: folder.file("results"))
    let file = results.checkpoint(for: Self.suite.cells[0].id)
    let broken = Data("no checkpoint".utf8)
    try broken.write(to: file)
    let again = try run("results", onShade: 0)
    #expect(again.iteration == 0)
    #expect(again.reason?.contains("broken") == true)
    #expect(try digest("results") == digest("undisturbed"))
    #expect(try Data(contentsOf: file.appendingPathExtension("broken")) == broken)
  }

  @Test func aCheckpointOfAnotherProgramIsNotGoneOnFrom() throws {
    _ = try run("results", onShade: 0, stoppingAfter: 3)
    let results = ResultsFolder(url: folder.file("results"))
    let cell = Self.suite.cells[0].id
    var checkpoint = try #require(try results.readCheckpoint(for: cell))
    checkpoint.configurationDigest = "3f9a"
    try checkpoint.write(to: results.checkpoint(for: cell))
    let again = try run("results", onShade: 0)
    #expect(again.iteration == 0)
    #expect(again.reason?.contains("another program") == true)
  }
}
