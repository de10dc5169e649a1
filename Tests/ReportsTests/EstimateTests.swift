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

  private func fields(_ outcomes: [TestOutcomes]) throws -> [String] {
    let suite = try sampleSuite(Self.yaml)
    let records = zip(suite.cells, outcomes).map { cell, outcomes in
      var record = record(of: cell, in: "tiny")
      record.test = outcomes
      return record
    }
    return try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let csv = try text(folder, "tables/1-omniglot-accuracy-in.csv").split(separator: "\n")
      return csv[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func repeatsOnTheSameEpisodesAreAveragedEpisodeByEpisode() throws {
    let fields = try fields([
      TestOutcomes(scores: [0.5, 0.7, 0.9], steps: 0, digests: [1, 2, 3]),
      TestOutcomes(scores: [0.7, 0.7, 0.7], steps: 0, digests: [1, 2, 3]),
    ])
    // Episode means 0.6, 0.7, 0.8: deviation 0.1, n = 3; repeat means 0.7 and 0.7.
    #expect(abs(Double(fields[5])! - 0.7) < 1e-12)
    #expect(abs(Double(fields[6])! - 4.302652729696142 * 0.1 / 3.0.squareRoot()) < 1e-9)
    #expect(fields[7] == "3")
    #expect(abs(Double(fields[8])!) < 1e-12)
    #expect(fields[9] == "2")
  }

  @Test func repeatsOnOtherEpisodesAreNotPaired() throws {
    let fields = try fields([
      TestOutcomes(scores: [0.5, 0.7, 0.9], steps: 0, digests: [1, 2, 3]),
      TestOutcomes(scores: [0.7, 0.7, 0.7], steps: 0, digests: [1, 2, 4]),
    ])
    #expect(fields[7] == "6")
  }
}
