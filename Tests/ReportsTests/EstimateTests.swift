import FewShotCells
import Foundation
import Reports
import Results
import Suites
import Testing

@Suite struct EstimateTests {
  static let yaml = """
    suite: tiny
    version: 1
    seed: 1
    grid: { algorithm: protonet, dataset: omniglot, way: 5, shot: 1, repeat: 2 }
    protocol:
      train: { iterations: 1, metaBatch: 1, query: 1 }
      test: { episodes: 3, query: 15 }
    """

  /// The folder of the report on these outcomes of the repeats, as long as `body` runs.
  private func report<Result>(
    _ outcomes: [TestOutcomes], _ body: (URL) throws -> Result
  ) throws -> Result {
    let suite = try sampleSuite(Self.yaml)
    let records = zip(suite.cells, outcomes).map { cell, outcomes in
      var record = record(of: cell, in: "tiny")
      record.test = outcomes
      return record
    }
    return try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      return try body(folder)
    }
  }

  private func fields(_ outcomes: [TestOutcomes]) throws -> [String] {
    try report(outcomes) { folder in
      let csv = try text(folder, "tables/1-omniglot-accuracy-in.csv").split(separator: "\n")
      return csv[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func table(_ outcomes: [TestOutcomes]) throws -> String {
    try report(outcomes) { try text($0, "tables/1-omniglot-accuracy-in.md") }
  }

  @Test func repeatsOnTheSameEpisodesAreAveragedEpisodeByEpisode() throws {
    let fields = try fields([
      TestOutcomes(scores: [0.5, 0.7, 0.9], steps: 0, digests: [1, 2, 3]),
      TestOutcomes(scores: [0.7, 0.7, 0.7], steps: 0, digests: [1, 2, 3]),
    ])
    // Episode means 0.6, 0.7, 0.8: deviation 0.1, n = 3, which are few, but not skewed; repeat means 0.7
    // and 0.7.
    #expect(abs(Double(fields[5])! - 0.7) < 1e-12)
    #expect(abs(Double(fields[6])! - 4.302652729696142 * 0.1 / 3.0.squareRoot()) < 1e-9)
    #expect(fields[7] == "3")
    #expect(abs(Double(fields[8])!) < 1e-12)
    #expect(fields[9] == "2")
  }

  @Test func repeatsOnOtherEpisodesAreRefused() throws {
    let outcomes = [
      TestOutcomes(scores: [0.5, 0.7, 0.9], steps: 0, digests: [1, 2, 3]),
      TestOutcomes(scores: [0.7, 0.7, 0.7], steps: 0, digests: [1, 2, 4]),
    ]
    let fields = try fields(outcomes)
    #expect(fields[5] == "" && fields[6] == "" && fields[7] == "0" && fields[9] == "0")
    let table = try table(outcomes)
    #expect(table.contains("| protonet  | different episodes | "))
    #expect(table.contains("the repeats of the cell were tested on different episodes"))
  }

  @Test func perfectScoresAreNotCertainAndTheFooterNamesTheirInterval() throws {
    let perfect = TestOutcomes(
      scores: [Double](repeating: 1, count: 600), steps: 0, digests: (0..<600).map(UInt64.init))
    let fields = try fields([perfect, perfect])
    #expect(fields[5] == "1.0")
    #expect(abs(Double(fields[6])! - (1 - 0.9938707286693308)) < 1e-12)
    // Both ends stand before the scale and what follows it.
    #expect(abs(Double(fields[fields.count - 9])! - 0.9938707286693308) < 1e-12)
    #expect(fields[fields.count - 8] == "1.0")
    let table = try table([perfect, perfect])
    #expect(table.contains(" 100.0 ± 0.6 |"))
    #expect(table.contains("effects: Student t transformed for skewness (Hall) over episodes;"))
    #expect(table.contains("± is its longer side"))
  }

  @Test func theFooterNamesTheEstimatorOfEveryCell() throws {
    let suite = try sampleSuite(Self.yaml.replacing("shot: 1", with: "shot: [1, 5]"))
    let records = suite.cells.map { cell in
      var record = record(of: cell, in: "tiny")
      let scores = (0..<600).map { cell.shot == 5 ? 1 : 0.5 + Double($0 % 10) / 100 }
      record.test = TestOutcomes(scores: scores, steps: 0, digests: (0..<600).map(UInt64.init))
      return record
    }
    let page = try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      return try text(folder, "report.md")
    }
    #expect(
      page.contains(
        "effects: Student t over episodes; for protonet, 5-way 5-shot: Student t transformed for skewness "
          + "(Hall) over episodes;"))
  }

  @Test func repeatsThatDivergedAreNamed() throws {
    let suite = try sampleSuite(Self.yaml.replacing("repeat: 2", with: "repeat: 8"))
    let records = suite.cells.map { cell in
      record(of: cell, in: "tiny", status: cell.repetition == 3 ? .done : .diverged("nan"))
    }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let table = try text(folder, "tables/1-omniglot-accuracy-in.md")
      #expect(table.contains("[1 of 8; 7 diverged]"))
      #expect(table.contains("favours trainings that worked"))
      let csv = try text(folder, "tables/1-omniglot-accuracy-in.csv").split(separator: "\n")
      let fields = csv[1].split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields[9...10] == ["1", "8"] && fields.suffix(13).prefix(2) == ["7", "0"])
    }
  }
}
