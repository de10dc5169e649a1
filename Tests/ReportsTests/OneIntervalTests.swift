import FewShotCells
import Foundation
import Judgements
import Reports
import Results
import Suites
import Testing

/// One question has one interval: on committed results, whoever asks.
@Suite struct OneIntervalTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../results/omniglot-gradient").standardizedFileURL
  private let suite: Suite
  private let records: [CellRecord]

  init() throws {
    let file = Self.folder.appendingPathComponent("suite.yaml")
    suite = try Suite(
      yaml: try String(contentsOf: file, encoding: .utf8), file: file.path, catalog: .standard)
    records = try ResultsFolder(url: Self.folder).records()
  }

  /// A claim, its sides as figures and tables call them, and as cell ids do.
  private static let questions = [
    (claim: "C14.2", left: "reptile", right: "reptile (no transduction)"),
    (claim: "C1.4", left: "maml", right: "fomaml"),
    (claim: "C19.3", left: "nil", right: "nil (none)"),
  ]

  private func repeats(_ label: String) throws -> [CellRecord] {
    let ids = suite.cells.filter { $0.label == label && $0.way == 5 && $0.shot == 1 }.map(\.id)
    let found = records.filter { ids.contains($0.cell) }
    try #require(found.count == 3, "\(label)")
    return found
  }

  @Test(arguments: questions)
  func claimsAndComparisonsAndGatesAgree(_ question: (claim: String, left: String, right: String)) throws {
    let (left, right) = (try repeats(question.left), try repeats(question.right))
    let claim = try #require(
      ClaimDecision.all(of: suite, records: records).first {
        $0.claim.id == question.claim && $0.compared == "\(question.left) − \(question.right)"
      }?.measurement)
    let interval = try #require(claim.retrained)
    let comparison = try #require(
      ComparisonSet(ResultFamily.all(left), ResultFamily.all(right), by: .task).comparisons.first)
    #expect(comparison.coversRepeats)
    #expect(abs(comparison.difference - claim.value) < 1e-12)
    #expect(abs(comparison.halfWidth - (interval.upperBound - interval.lowerBound) / 2) < 1e-12)
    let over = claim.interval
    #expect(abs(comparison.halfWidthOverEpisodes - (over.upperBound - over.lowerBound) / 2) < 1e-12)
  }

  @Test func aGateAndAComparisonOfTwoFoldersAgree() throws {
    // FOMAML's results as if they were another program's of MAML.
    let baseline = try repeats("maml")
    let candidate = zip(try repeats("fomaml"), baseline).map { found, original in
      var record = found
      record.cell = original.cell
      record.algorithm = original.algorithm
      (record.variant, record.task) = (original.variant, original.task)
      record.configuration = original.configuration
      return record
    }
    for confidence in [0.95, 0.9] {
      let gate = GateJudgement(
        baseline: baseline, candidate: candidate, gate: Gate(margin: 0.02, confidence: confidence))
      let set = ComparisonSet(
        ResultFamily.all(candidate), ResultFamily.all(baseline), by: .name, confidence: confidence)
      let comparison = try #require(set.comparisons.first)
      #expect(abs(try #require(gate.cells[0].gain) - comparison.difference) < 1e-12)
      #expect(abs(try #require(gate.cells[0].halfWidth) - comparison.halfWidth) < 1e-12)
      #expect(abs(try #require(gate.cells[0].pWorse) - comparison.p / 2) < 1e-12)
    }
  }

  @Test func figuresAndTablesHaveThem() throws {
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let rows = try text(folder, "figures/differences-omniglot-vinyals-accuracy.csv").split(separator: "\n")
        .filter { $0.hasPrefix("5-way 1-shot,fomaml,maml,") }
      let fields = try #require(rows.first).split(separator: ",").map(String.init)
      let comparison = try #require(
        ComparisonSet(
          ResultFamily.all(try repeats("fomaml")),
          ResultFamily.all(try repeats("maml")), by: .task
        ).comparisons.first)
      #expect(abs(Double(fields[3])! - comparison.difference) < 1e-12)
      #expect(abs(Double(fields[6])! - (comparison.difference - comparison.halfWidth)) < 1e-12)
      #expect(abs(Double(fields[7])! - (comparison.difference + comparison.halfWidth)) < 1e-12)
      #expect(abs(Double(fields[8])! - comparison.p) < 1e-12)
    }
  }
}
