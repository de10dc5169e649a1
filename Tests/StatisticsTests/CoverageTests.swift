import Foundation
import Statistics
import Testing

/// How often the intervals hold the truth, by simulation.
///
/// METABENCH_WRITE_COVERAGE=1 simulates at full length (minutes) and stores the tables in
/// Documentation/Statistics.md.
@Suite struct CoverageTests {
  private static let isFull =
    ProcessInfo.processInfo.environment["METABENCH_WRITE_COVERAGE"] != nil
  /// What is asked of an interval that promises 95 %.
  private static let promise = 0.94...0.965

  private let repetitions = isFull ? 20_000 : 1_000
  /// Standard errors of slack: none in the documentation.
  private let errors = isFull ? 0.0 : 4

  @Test func intervalsOfOneMean() throws {
    var rows: [String] = []
    for correlation in Self.isFull ? [0.02, 0.05, 0.1] : [0.05] {
      for accuracy in IntervalCoverage.accuracies {
        for count in IntervalCoverage.counts {
          let coverage = IntervalCoverage(
            correlation: correlation, accuracy: accuracy, count: count, repetitions: repetitions,
            bootstraps: repetitions / 10, resamples: Self.isFull ? 1999 : 199)
          #expect(coverage.bounded.fits(Self.promise, errors: errors), "\(coverage.row)")
          #expect(coverage.tables.fits(Self.promise, errors: errors), "\(coverage.row)")
          // The others keep their promise where scores are not too skewed for the episodes' number.
          if accuracy < 0.99 {
            #expect(coverage.student.fits(Self.promise, errors: errors), "\(coverage.row)")
            #expect(coverage.normal.fits(0.935...0.965, errors: errors), "\(coverage.row)")
            #expect(coverage.bootstrap.fits(0.925...0.965, errors: 3), "\(coverage.row)")
          }
          rows.append(coverage.row)
        }
      }
    }
    try store(rows, under: IntervalCoverage.header, as: "intervals")
  }

  @Test func otherEpisodesAndOtherTrainingsOfOneCell() throws {
    try crossed([[0], [0.003], [0.01], [0.03]], as: "levels")
  }

  @Test func otherEpisodesAndOtherTrainingsOfADifference() throws {
    try crossed([[0, 0], [0.003, 0.003], [0.01, 0.01], [0.03, 0.03], [0.01, 0], [0.03, 0.003]], as: "differences")
  }

  private func crossed(_ deviations: [[Double]], as name: String) throws {
    var rows: [String] = []
    for repeats in [2, 3, 5, 10] {
      for deviations in deviations {
        let coverage = CrossedCoverage(
          repeats: repeats, episodes: Self.isFull ? 600 : 100, deviations: deviations,
          repetitions: repetitions)
        // Two repeats do not tell their spread, nor three which of two cells has the larger one.
        let promise = repeats == 2 ? 0.9...0.995 : repeats == 3 ? 0.93...0.99 : 0.935...0.985
        #expect(coverage.combined.fits(promise, errors: errors), "\(coverage.row)")
        rows.append(coverage.row)
      }
    }
    try store(rows, under: CrossedCoverage.header, as: name)
  }

  @Test func samplingUntilAHalfWidth() throws {
    var rows: [String] = []
    for (halfWidth, accuracies) in [(0.01, [0.5, 0.9]), (0.005, [0.5, 0.9, 0.97, 0.99, 0.998])] {
      for accuracy in accuracies {
        let coverage = SequentialCoverage(
          halfWidth: halfWidth, accuracy: accuracy, repetitions: repetitions)
        #expect(coverage.coverage.fits(Self.promise, errors: errors), "\(coverage.row)")
        rows.append(coverage.row)
      }
    }
    try store(rows, under: SequentialCoverage.header, as: "sequential")
  }

  @Test func pairedDifferences() throws {
    var rows: [String] = []
    for accuracies in [(0.52, 0.5), (0.9, 0.88), (0.99, 0.98)] {
      for count in IntervalCoverage.counts {
        let coverage = PairedCoverage(
          accuracies: accuracies, count: count, repetitions: repetitions)
        #expect(coverage.coverage.fits(Self.promise, errors: errors), "\(coverage.row)")
        rows.append(coverage.row)
      }
    }
    try store(rows, under: PairedCoverage.header, as: "paired")
  }

  @Test func bandsOfAPolynomial() throws {
    var rows: [String] = []
    for (degree, count) in [(3, 12), (5, 40), (10, 200)] {
      let coverage = try BandCoverage(degree: degree, count: count, repetitions: repetitions)
      #expect(coverage.mean.fits(Self.promise, errors: errors), "\(coverage.row)")
      #expect(coverage.point.fits(Self.promise, errors: errors), "\(coverage.row)")
      rows.append(coverage.row)
    }
    try store(rows, under: BandCoverage.header, as: "bands")
  }

  /// Puts a table in its place in the documentation, between `<!-- name -->` and `<!-- end -->`.
  private func store(_ rows: [String], under header: String, as name: String) throws {
    guard Self.isFull else { return }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/Statistics.md").standardizedFileURL
    try Self.writing.withLock {
      let text = try String(contentsOf: file, encoding: .utf8)
      let start = try #require(text.range(of: "<!-- \(name) -->\n"))
      let rest = start.upperBound..<text.endIndex
      let end = try #require(text.range(of: "<!-- end -->", range: rest))
      let table = ([header] + rows).joined(separator: "\n") + "\n"
      let changed = text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: table)
      try Data(changed.utf8).write(to: file)
    }
  }

  /// Tests run side by side, and all write one file.
  private static let writing = NSLock()
}
