import Experiments
import FewShotCells
import Foundation
import Judgements
import Results
import Suites
import TemporaryFolders
import Tensors
import Testing

/// Cells that choose settings on validation units before they are trained.
@Suite(.serialized) struct TuningTests {
  private static let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))

  private static func suite(_ rates: String, rest: String = "") throws -> Suite {
    try Suite(
      yaml: """
        suite: tuned
        version: 1
        seed: 5
        grid: { algorithm: [maml, fine-tuning], dataset: sinusoid, shot: 5 }
        protocol:
          train: { iterations: 40, metaBatch: 4, query: 5 }
          test: { episodes: 50, query: 10 }
        tune:
          budget: { trials: 3, iterations: 20, units: 30 }
          steps: 1
          maml: { innerRate: [\(rates)] }
        \(rest)
        """, file: "tuned.yaml", catalog: .standard)
  }

  private func record(_ suite: Suite, _ folder: URL) throws -> CellRecord {
    let results = ResultsFolder(url: folder)
    let cell = suite.cells[0]
    _ = try SuiteRunner(suite: suite, folder: results, datasets: Self.datasets).run([cell])
    return try CellFile.read(results.file(for: cell.id), includingParameters: true)
  }

  @Test func theBestOnValidationIsChosenAndTrainedWith() throws {
    let folder = try TemporaryFolder()
    let suite = try Self.suite("1.0e+30, 0.01, 2.0")
    let record = try record(suite, folder.file("tuned"))
    let tuning = try #require(record.tuning)
    #expect(tuning.trials.map(\.values.entries.first?.value) == [.number(1e30), .number(0.01), .number(2)])
    // The first diverged; steps of 2 overshoot.
    #expect(tuning.trials[0].scores.isEmpty && tuning.trials[0].iterations < 20)
    #expect(tuning.trials[1...].allSatisfy { $0.scores.count == 30 && $0.iterations == 20 })
    #expect(tuning.chosen == 1)

    // It is the cell whose suite says that value, to the bit.
    let said = try Suite(
      yaml: suite.source.replacing(/tune:[\s\S]*/, with: "settings: { maml: { innerRate: 0.01 } }"),
      file: "said.yaml", catalog: .standard)
    let plain = try self.record(said, folder.file("said"))
    #expect(plain.tuning == nil && plain.cell != record.cell)
    #expect(plain.test == record.test && plain.parametersDigest == record.parametersDigest)
    #expect(plain.training.map(\.loss) == record.training.map(\.loss))
  }

  /// Trials see other units than the test, the same for all of them, and are no part of the cell's training.
  @Test func trialsAreScoredOnTheUnitsOfValidation() throws {
    let folder = try TemporaryFolder()
    let tuning = try #require(try record(Self.suite("0.01, 0.02, 0.03"), folder.file("tuned")).tuning)
    // A cell as short as a trial has these scores at its last validation.
    let short = try Suite(
      yaml: Self.suite("0.01, 0.02, 0.03").source
        .replacing(/tune:[\s\S]*/, with: "settings: { maml: { innerRate: 0.02, testSteps: 1 } }")
        .replacing("iterations: 40", with: "iterations: 20, validateEvery: 20, validationEpisodes: 30"),
      file: "short.yaml", catalog: .standard)
    let validation = try #require(try record(short, folder.file("short")).validation.last)
    #expect(validation.scores == tuning.trials[1].scores)
  }

  @Test func aSystemWhoseTrialsAllDivergeEndsAsDiverged() throws {
    let folder = try TemporaryFolder()
    let record = try record(Self.suite("1.0e+30, 1.0e+31, 1.0e+32"), folder.url)
    #expect(record.status == .diverged("all 3 trials of its settings diverged"))
  }

  @Test func aChoiceThatIsNotTheBestFailsVerification() throws {
    let folder = try TemporaryFolder()
    let suite = try Self.suite("0.01, 1.0, 2.0")
    var record = try record(suite, folder.url)
    let results = ResultsFolder(url: folder.url)
    let verifier = CellVerifier(suite: suite, folder: results, datasets: Self.datasets)
    #expect(try verifier.verify(suite.cells[0]).passed)
    record.tuning?.chosen = 2
    try CellFile.write(record, to: results.file(for: record.cell), replacing: true)
    let problems = try verifier.verify(suite.cells[0]).problems
    #expect(problems.contains { $0.contains("trial 2, which are not the best on validation") }, "\(problems)")
  }

  @Test func familiesHaveTheSettingsThatWereChosen() throws {
    let folder = try TemporaryFolder()
    let suite = try Self.suite("0.01, 1.0, 2.0")
    let family = CellFamily.all(of: suite, records: [try record(suite, folder.url)])[0]
    #expect(suite.cells[0].settings["innerRate"] == nil)
    #expect(family.cell.settings["innerRate"] == .number(0.01))
  }

  @Test func aLongerOrShorterTestKeepsTheChoice() throws {
    let folder = try TemporaryFolder()
    let suite = try Self.suite("0.01, 1.0, 2.0")
    let trained = try record(suite, folder.file("trained"))
    let other = try Suite(
      yaml: suite.source.replacing("episodes: 50", with: "episodes: 30"), file: "other.yaml", catalog: .standard)
    let results = ResultsFolder(url: folder.file("again"))
    let retester = try CellRetester(
      suite: other, folder: results, sources: [ResultsFolder(url: folder.file("trained"))],
      datasets: Self.datasets)
    _ = try retester.retest(other.cells[0], with: try #require(try retester.trained(for: other.cells[0])))
    let again = try CellFile.read(results.file(for: other.cells[0].id))
    #expect(again.tuning == trained.tuning)
    #expect(again.test.final == Array(trained.test.final.prefix(30)))
    // Tested on other queries it would have chosen by other scores.
    let queries = try Suite(
      yaml: suite.source.replacing("query: 10", with: "query: 9"), file: "queries.yaml", catalog: .standard)
    #expect(try retester.trained(for: queries.cells[0]) == nil)
  }

  @Test func aPlaceThatThereIsNotIsRefusedBeforeAnythingIsRun() throws {
    let text = try Self.suite("0.01, 1.0, 2.0").source.replacing("steps: 1", with: "steps: 99")
    let error = try #require(throws: SuiteError.self) {
      try Suite(yaml: text, file: "tuned.yaml", catalog: .standard)
    }
    #expect("\(error)".hasPrefix("tuned.yaml:10:10: 'tune.steps' is '99', but must be a place"), "\(error)")
  }
}
