import Experiments
import FewShotCells
import Foundation
import Judgements
import Results
import Suites
import TemporaryFolders
import Tensors
import Testing

/// The gate on results of the real program: unchanged ones with other training seeds, and ones with
/// a bug.
@Suite(.serialized)
struct PlantedBugTests {
  /// Trained briefly, so that trainings differ as much as they ever do.
  private static let gaussians = """
    suite: gaussians
    version: 1
    seed: 5
    grid: { algorithm: [maml, protonet], dataset: gaussians, way: 3, shot: 1, repeat: 103 }
    protocol:
      train: { iterations: 20, metaBatch: 4, query: 5 }
      test: { episodes: 120, query: 5 }
    settings:
      maml: { network: no-conv, innerRate: 0.1 }
      protonet: { network: no-conv, trainWay: 5 }
    store: { parameters: none }
    """

  private static func run(_ yaml: String) throws -> [CellRecord] {
    let folder = try TemporaryFolder()
    let suite = try Suite(yaml: yaml, file: "small.yaml")
    let results = ResultsFolder(url: folder.url)
    let datasets = OpenDatasets(data: URL(fileURLWithPath: "/nowhere"))
    let summary = try SuiteRunner(suite: suite, folder: results, datasets: datasets)
      .run(suite.cells)
    #expect(summary.done == suite.cells.count)
    return try results.records()
  }

  /// The results of some repeats as if they were repeats 0, 1, 2 ...
  private func renumbered(_ records: [CellRecord], _ repeats: [Int]) -> [CellRecord] {
    repeats.enumerated().flatMap { number, repetition in
      records.filter { $0.repetition == repetition }.map { old in
        var new = old
        new.repetition = number
        new.cell = old.cell.replacing("-r\(repetition)-", with: "-r\(number)-")
        return new
      }
    }
  }

  @Test func fiftyUnchangedRunsWithOtherSeedsRaiseNoMoreAlarmsThanStated() throws {
    let records = try Self.run(Self.gaussians)
    // Stated are 5 % of unchanged programs, where any loss at all is called one: of 50 more than 7
    // are then as good as never. With a margin there are fewer.
    for (margin, most) in [(0.0, 7), (0.05, 2)] {
      let gate = Gate(margin: margin, confidence: 0.95)
      let verdicts = (0..<50).map { run in
        let repeats = (0..<6).map { (2 * run + $0) % 103 }
        return GateJudgement(
          baseline: renumbered(records, Array(repeats[..<3])),
          candidate: renumbered(records, Array(repeats[3...])), gate: gate
        ).verdict
      }
      let alarms = verdicts.count { $0 == .regression }
      let passes = verdicts.count { $0 == .pass }
      print("margin \(margin): \(alarms) false alarms and \(passes) passes of 50")
      #expect(!verdicts.contains(.invalid))
      #expect(alarms <= most)
    }
  }

  private static let strokes = """
    suite: strokes
    version: 1
    seed: 5
    grid: { algorithm: [maml, nearest-neighbor], dataset: strokes, way: 3, shot: 1, repeat: 3 }
    protocol:
      train: { iterations: 40, metaBatch: 4, query: 2 }
      test: { episodes: 150, query: 5, batchNorm: query-batch }
    settings: { maml: { filters: 8, innerRate: 0.4, metaRate: 0.001 } }
    store: { parameters: none }
    """

  private static let unchanged = Result { try run(strokes) }

  /// What each bug makes of the suite; both have `maml` in the first place.
  static let bugs: [(name: String, right: String, wrong: String)] = [
    ("a wrong inner rate", "innerRate: 0.4", "innerRate: 0.01"),
    ("batch-norm statistics from the wrong set", "batchNorm: query-batch", "batchNorm: running"),
  ]

  @Test(arguments: bugs.indices)
  func aBugIsCaughtAndItsCellNamed(_ index: Int) throws {
    let bug = Self.bugs[index]
    let old = try Self.unchanged.get()
    // The program says that it did what it was asked to.
    let claimed = Dictionary(
      uniqueKeysWithValues: old.map { ("\($0.algorithm) \($0.repetition)", $0) })
    let new = try Self.run(Self.strokes.replacing(bug.right, with: bug.wrong)).map { record in
      var record = record
      let original = claimed["\(record.algorithm) \(record.repetition)"]!
      (record.cell, record.configuration) = (original.cell, original.configuration)
      return record
    }
    let judgement = GateJudgement(
      baseline: old, candidate: new, gate: Gate(margin: 0.03, confidence: 0.95))
    for cell in judgement.cells {
      print("\(bug.name): \(cell.name): \(cell.verdict): \(cell.reason)")
    }
    #expect(judgement.verdict == .regression)
    #expect(judgement.cells.map(\.verdict) == [.regression, .pass])
    #expect(judgement.cells[0].name == "maml-strokes-3way-1shot")
  }
}
