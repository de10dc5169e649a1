import Experiments
import Foundation
import Judgements
import Reports
import Results
import Suites
import Synchronization
import TemporaryFolders
import Tensors
import Testing

/// What every kind of experiment has for nothing: equal bits on any number of threads and wherever it was
/// stopped, verification, claims, comparisons, gates and reports.
@Suite(.serialized) struct EveryKindTests {
  private func runner(_ suite: Suite, _ folder: URL) -> SuiteRunner {
    SuiteRunner(
      suite: suite, folder: ResultsFolder(url: folder),
      datasets: OpenDatasets(data: URL(fileURLWithPath: "/nonexistent")))
  }

  /// All results of a run on so many threads.
  private func records(_ suite: Suite, _ folder: URL, threads: Int = 1) throws -> [CellRecord] {
    let before = Workers.threads
    Workers.threads = threads
    defer { Workers.threads = before }
    let summary = try runner(suite, folder).run(suite.cells)
    #expect(summary.done == suite.cells.count, "\(summary)")
    return try ResultsFolder(url: folder).records()
  }

  @Test(arguments: KindSuites.names)
  func threadsAndStopsLeaveNoTrace(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let folder = try TemporaryFolder()
    let expected = try records(suite, folder.file("one"))
    #expect(Set(expected.map(\.kind)) == [kind])
    for threads in [2, 3] {
      let others = try records(suite, folder.file("\(threads)"), threads: threads)
      #expect(others.map(\.digest) == expected.map(\.digest), "\(threads) threads")
    }
    #expect(try stoppedAgainAndAgain(suite, folder.file("stopped")).map(\.digest) == expected.map(\.digest))
  }

  /// A run that is stopped after every few steps and goes on from what is on disk.
  private func stoppedAgainAndAgain(_ suite: Suite, _ folder: URL) throws -> [CellRecord] {
    var resumed = 0
    for round in 0..<10_000 {
      var runner = runner(suite, folder)
      runner.checkpointEvery = 0
      let stop = StopSignal()
      let calls = Atomic<Int>(0)
      runner.stop = stop
      runner.observer.progressed = { _ in
        if calls.add(1, ordering: .relaxed).newValue > round % 3 { stop.set() }
      }
      let pending = try runner.pending(among: suite.cells)
      if pending.contains(where: {
        FileManager.default.fileExists(atPath: runner.folder.checkpoint(for: $0.id).path)
      }) {
        resumed += 1
      }
      if pending.isEmpty {
        #expect(resumed > 3)
        return try ResultsFolder(url: folder).records()
      }
      _ = try runner.run(pending: pending)
    }
    Issue.record("it never ends")
    return []
  }

  @Test(arguments: KindSuites.names)
  func resultsAreVerifiedJudgedAndReported(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let folder = try TemporaryFolder()
    let records = try records(suite, folder.file("results"))
    let verifier = CellVerifier(
      suite: suite, folder: ResultsFolder(url: folder.file("results")),
      datasets: OpenDatasets(data: URL(fileURLWithPath: "/nonexistent")))
    for cell in suite.cells {
      let verification = try verifier.verify(cell)
      #expect(verification.passed && verification.extent == .recomputed, "\(verification.problems)")
    }
    for decision in ClaimDecision.all(of: suite, records: records) {
      #expect(decision.outcome == .holds, "\(decision.claim.id): \(decision.outcome)")
      #expect(decision.measurement != nil)
    }
    let again = try self.records(suite, folder.file("again"))
    let judgement = GateJudgement(baseline: records, candidate: again, gate: suite.gate!)
    #expect(judgement.verdict == .pass, "\(judgement.cells.map(\.reason))")
    let families = ResultFamily.all(records)
    let compared = ComparisonSet(families, ResultFamily.all(again), by: .name)
    #expect(compared.comparisons.count == families.count && compared.refusals.isEmpty)
    #expect(compared.comparisons.allSatisfy { $0.difference == 0 })

    _ = try ReportWriter(suite: suite, records: records).write(to: folder.file("report"))
    let report = try String(contentsOf: folder.file("report/report.md"), encoding: .utf8)
    for cell in suite.cells { #expect(report.contains(cell.label)) }
    #expect(report.contains("test \(suite.kind.unit.plural)"))
    let lines = try String(contentsOf: folder.file("report/cells.csv"), encoding: .utf8).split(separator: "\n")
    let places = records[0].test.arrays.filter { suite.kind.outcomes.contains($0.metric.name) }
      .map(\.width).reduce(0, +)
    #expect(lines.count > places && lines[0].contains(",variant,"))
  }

  /// Explanations name the streams that the kind draws from, each below a root of the cell's own.
  @Test(arguments: KindSuites.names)
  func itsRandomnessIsExplained(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nonexistent"))
    let explanation = CellExplanation(suite.cells[0], of: suite, datasets: datasets, record: nil)
    let addresses = explanation.streams.map(\.address)
    #expect(Set(addresses).count == addresses.count)
    // Transfer learning draws no noise.
    let noise = kind == "transfer" ? [] : ["noise/"]
    for root in ["tasks/test/", "tasks/validation/", "weights/", "training order/"] + noise {
      #expect(addresses.contains { $0.contains(" > \(root)") }, "\(root)")
    }
    #expect(explanation.streams[0].purpose == "test \(suite.kind.unit.singular) i, shared by all algorithms and repeats")
  }

  /// Sentences are about what the kind counts.
  @Test(arguments: KindSuites.names)
  func judgementsSpeakOfTheKindsUnits(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let folder = try TemporaryFolder()
    let records = try records(suite, folder.url)
    var others = records
    for index in others.indices { others[index].test.digests[1] ^= 1 }
    let words = "different \(suite.kind.unit.plural): their digests differ from \(suite.kind.unit.singular) 1 on"
    let judgement = GateJudgement(baseline: records, candidate: others, gate: suite.gate!)
    #expect(judgement.cells.allSatisfy { $0.verdict == .invalid && $0.reason.contains(words) })
    let set = ComparisonSet(ResultFamily.all(records), ResultFamily.all(others), by: .name)
    #expect(!set.refusals.isEmpty && set.refusals.allSatisfy { $0.reason.contains(words) })
  }

  /// So that suites which ask for other places are refused before anything is run.
  @Test(arguments: KindSuites.names)
  func plansTellTheAxesOfTheirOutcomes(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let folder = try TemporaryFolder()
    let records = try records(suite, folder.url)
    for cell in suite.cells {
      let record = try #require(records.first { $0.cell == cell.id })
      for metric in cell.plan.metrics {
        #expect(record.test[metric.name]?.axes == cell.plan.axes[metric.name], "\(cell.id): \(metric.name)")
      }
    }
  }

  @Test(arguments: KindSuites.names)
  func secondsOfATestThatWasStoppedAreKept(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let folder = try TemporaryFolder()
    let cell = suite.cells[0]
    var runner = runner(suite, folder.url)
    runner.checkpointEvery = 0
    let stop = StopSignal()
    runner.stop = stop
    runner.observer.progressed = { if $0.phase == .testing { stop.set() } }
    #expect(try runner.run([cell]).open == 1)
    // As if the first sitting had lasted a day.
    let file = runner.folder.checkpoint(for: cell.id)
    var checkpoint = try Checkpoint.read(file)
    #expect(checkpoint.testSeconds > 0)
    checkpoint.testSeconds += 86_400
    try checkpoint.write(to: file)
    #expect(try self.runner(suite, folder.url).run([cell]).done == 1)
    #expect(try #require(ResultsFolder(url: folder.url).records()[0].testSeconds) > 86_400)
  }

  /// An estimate of a cell's time, as `plan` gives it.
  @Test(arguments: KindSuites.names)
  func itsTimeCanBeEstimated(_ kind: String) throws {
    let suite = try KindSuites.suite(of: kind)
    let estimator = CostEstimator(
      datasets: OpenDatasets(data: URL(fileURLWithPath: "/nonexistent")), budget: 0.1)
    let estimates = estimator.estimates(of: suite.cells)
    for cell in suite.cells {
      #expect(try #require(estimates[cell.family]).get().seconds(of: cell) > 0)
    }
  }
}
