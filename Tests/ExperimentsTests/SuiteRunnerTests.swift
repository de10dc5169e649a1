import Episodes
import Experiments
import FewShotCells
import Foundation
import Results
import Suites
import Synchronization
import TemporaryFolders
import Tensors
import Testing

/// Runs of a small suite. They set the number of threads, so they run one after the other.
@Suite(.serialized)
struct SuiteRunnerTests {
  /// The digest of every result in a folder, by cell.
  private func digests(_ folder: TemporaryFolder) throws -> [String: String] {
    let records = try ResultsFolder(url: folder.url).records(includingParameters: true)
    return Dictionary(uniqueKeysWithValues: records.map { ($0.cell, $0.digest) })
  }

  /// Generated datasets only; opened once for all runs.
  private static let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))

  private func runner(_ folder: TemporaryFolder, suite: Suite = .small) -> SuiteRunner {
    SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder.url), datasets: Self.datasets)
  }

  /// What the suite gives on one thread, undisturbed.
  private func undisturbed(_ suite: Suite = .small) throws -> [String: String] {
    let folder = try TemporaryFolder()
    Workers.threads = 1
    let summary = try runner(folder, suite: suite).run(suite.cells)
    #expect(summary.done == suite.cells.count && summary.open == 0)
    #expect(summary.failed.isEmpty)
    return try digests(folder)
  }

  @Test func resultsDependNeitherOnThreadsNorOnTheOrderOfCells() throws {
    let expected = try undisturbed()
    #expect(expected.count == Suite.small.cells.count)
    for threads in [2, 3, 8] {
      let folder = try TemporaryFolder()
      Workers.threads = threads
      _ = try runner(folder).run(Suite.small.cells)
      #expect(try digests(folder) == expected, "\(threads) threads")
    }
    let folder = try TemporaryFolder()
    Workers.threads = 2
    _ = try runner(folder).run(Suite.small.cells.reversed())
    #expect(try digests(folder) == expected, "reversed order")
  }

  /// Where an answer is right its class is the query's own, and only the first repeat shows any.
  @Test func theFirstRepeatShowsItsAnswers() throws {
    let suite = try Suite(
      yaml: """
        suite: answers
        version: 1
        seed: 3
        grid: { algorithm: nearest-neighbor, dataset: strokes, way: 5, shot: 1, repeat: 2 }
        protocol: { train: { iterations: 1 }, test: { episodes: 3, query: 2 } }
        """, file: "answers.yaml", catalog: .standard)
    let folder = try TemporaryFolder()
    _ = try runner(folder, suite: suite).run(suite.cells)
    let records = try ResultsFolder(url: folder.url).records().sorted { $0.repetition < $1.repetition }
    #expect(records.map(\.pictures.count) == [1, 0])
    let sheet = records[0].pictures[0]
    #expect(sheet.name == "answers" && sheet.rows == 3 && sheet.columns == 16)
    let size = sheet.height * sheet.width
    func picture(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
      let first = (row * sheet.columns + column) * size
      return sheet.pixels[first..<first + size]
    }
    for column in 0..<16 {
      #expect(picture(1, column).elementsEqual(picture(2, column)) == (column < 8), "column \(column)")
    }
  }

  /// All systems, too: their states must be whole in a checkpoint.
  @Test(arguments: [Suite.small, .systems])
  func aRunThatIsStoppedAgainAndAgainComesToTheSameResults(_ suite: Suite) throws {
    let expected = try undisturbed(suite)
    let folder = try TemporaryFolder()
    Workers.threads = 2
    var stops = 0
    while true {
      var runner = runner(folder, suite: suite)
      let stop = runner.stop
      let calls = Mutex(0)
      let limit = 7 + stops % 5
      runner.observer.progressed = { _ in
        calls.withLock { calls in
          calls += 1
          if calls == limit { stop.set() }
        }
      }
      let summary = try runner.run(suite.cells)
      #expect(summary.failed.isEmpty)
      if summary.open == 0 { break }
      stops += 1
      #expect(stops < 200)
    }
    #expect(stops > 5)
    #expect(try digests(folder) == expected)
    #expect(try folder.names().allSatisfy { !$0.contains("checkpoint") })
  }

  @Test func everySystemSaysBeforehandHowManyStepsItTakes() throws {
    let folder = try TemporaryFolder()
    Workers.threads = 2
    _ = try runner(folder, suite: .systems).run(Suite.systems.cells)
    let records = try ResultsFolder(url: folder.url).records()
    for cell in Suite.systems.cells {
      let record = try #require(records.first { $0.cell == cell.id })
      #expect(record.test.judged?.axes == cell.plan.axes[cell.metric.name], "\(cell.id)")
    }
  }

  @Test func aResultTellsHowMuchMemoryItTook() throws {
    let folder = try TemporaryFolder()
    Workers.threads = 1
    _ = try runner(folder).run(Array(Suite.small.cells.prefix(1)))
    let bytes = try #require(try ResultsFolder(url: folder.url).records()[0].peakMemory)
    #expect(bytes > 1 << 20 && bytes < 64 << 30)
  }

  @Test func finishedCellsAreNotRunAgain() throws {
    let folder = try TemporaryFolder()
    Workers.threads = 1
    let cells = Array(Suite.small.cells.prefix(2))
    #expect(try runner(folder).run(cells).done == 2)
    let summary = try runner(folder).run(cells)
    #expect(summary.done == 0 && summary.skipped == 2)
  }

  @Test func cellsAreRunAgainIfThatIsAskedForAndStayUntilThen() throws {
    let folder = try TemporaryFolder()
    Workers.threads = 1
    let cells = Array(Suite.small.cells.prefix(2))
    var runner = runner(folder)
    _ = try runner.run(cells)
    let expected = try digests(folder)
    // Made by this program on this machine, with this data: none is stale.
    runner.again = .stale
    #expect(try runner.pending(among: cells).isEmpty)

    // As if another program had made one of them.
    let file = runner.folder.file(for: cells[1].id)
    var old = try CellFile.read(file, includingParameters: true)
    var provenance = try #require(Provenance(json: old.provenance))
    provenance.program = "another"
    old.provenance = provenance.json
    try CellFile.write(old, to: file, replacing: true)
    #expect(OriginChange.all(since: old.provenance) == [.program])
    #expect(try runner.pending(among: cells) == [cells[1]])
    #expect(try runner.run(cells).done == 1)
    #expect(try runner.pending(among: cells).isEmpty)
    #expect(try digests(folder) == expected)

    // Other data.
    provenance.program = try #require(
      Provenance(json: CellFile.read(file).provenance)?.program)
    for name in provenance.data.keys { provenance.data[name] = "another" }
    old.provenance = provenance.json
    try CellFile.write(old, to: file, replacing: true)
    #expect(try runner.pending(among: cells) == [cells[1]])

    runner.again = .all
    #expect(try runner.pending(among: cells) == cells)
    // A run that is stopped at once leaves what there was.
    runner.stop.set()
    let summary = try runner.run(cells)
    #expect(summary.open == 2)
    #expect(try digests(folder) == expected)
  }

  @Test func aResultOfAnotherConfigurationIsNoneOfTheCell() throws {
    let folder = try TemporaryFolder()
    Workers.threads = 1
    let cell = Suite.small.cells[0]
    let runner = runner(folder)
    _ = try runner.run([cell])
    let file = runner.folder.file(for: cell.id)
    var old = try CellFile.read(file, includingParameters: true)
    old.configuration += " "
    try CellFile.write(old, to: file, replacing: true)
    #expect(try runner.folder.leftOver(of: .small) == [cell.id])
    #expect(try runner.folder.standing(of: cell) == .open)
    #expect(try runner.run([cell]).done == 1)
    #expect(try runner.folder.leftOver(of: .small) == [])
  }

  @Test func whatGoesWrongInACellIsItsResult() throws {
    let folder = try TemporaryFolder()
    let summary = try runner(folder, suite: .failing).run(Suite.failing.cells)
    #expect(summary.failed == Suite.failing.cells.map(\.id))
    let record = try ResultsFolder(url: folder.url).records()[0]
    #expect(record.status.message?.contains("the training loss is") == true)
    // It was to make two iterations and did not come through them.
    let standing = try ResultsFolder(url: folder.url).standing(of: Suite.failing.cells[0])
    let iterations = try #require(record.iterations)
    #expect(standing == .ended(record.status, iterations: iterations) && iterations < 2)

    var again = runner(folder, suite: .failing)
    #expect(try again.run(Suite.failing.cells).skipped == 1)
    again.retriesFailed = true
    #expect(try again.run(Suite.failing.cells).failed.count == 1)
  }

  @Test func aDatasetThatIsNotImportedIsSaidBeforeAnythingRuns() throws {
    let folder = try TemporaryFolder()
    #expect(throws: EpisodesError.self) {
      try runner(folder, suite: .imported).run(Suite.imported.cells)
    }
    #expect(try folder.names() == [])
  }

  @Test func timingsComeForEveryFamilyOrSayWhyNot() throws {
    Workers.threads = 1
    let estimator = CostEstimator(datasets: Self.datasets, budget: 0.2)
    let cells = Suite.small.cells + Suite.imported.cells
    let estimates = estimator.estimates(of: cells)
    for cell in Suite.small.cells {
      let estimate = try estimates[cell.family]!.get()
      let whole = estimate.seconds(of: cell)
      #expect(whole > 0 && whole < 60)
      #expect(estimate.seconds(of: cell, after: cell.iterations) <= whole)
    }
    #expect(throws: EpisodesError.self) {
      try estimates[Suite.imported.cells[0].family]!.get()
    }
  }

  @Test func aFolderIsPreparedWithTheSuiteAndWithoutLeftovers() throws {
    let folder = try TemporaryFolder()
    let results = ResultsFolder(url: folder.url.appendingPathComponent("a/b"))
    try FileManager.default.createDirectory(at: results.url, withIntermediateDirectories: true)
    let leftover = results.url.appendingPathComponent(".cell.h5.1-1.partial")
    try Data([1]).write(to: leftover)
    try results.prepare(for: .small)
    #expect(!FileManager.default.fileExists(atPath: leftover.path))
    let kept = try Suite.load(results.suiteFile, catalog: .standard)
    #expect(kept.cells.map(\.id) == Suite.small.cells.map(\.id))
  }
}
