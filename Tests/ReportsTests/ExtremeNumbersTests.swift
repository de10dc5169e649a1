import FewShotCells
import Foundation
import Measures
import Reports
import Results
import Suites
import Testing

/// Reports of results whose numbers are the largest that files may hold, as a forger may write them: they may say
/// nothing, but they are written.
@Suite struct ExtremeNumbersTests {
  @Test(arguments: [1e100, -1e100, 5e-324, 1e19, 0])
  func areReported(number: Double) throws {
    let suite = try sampleSuite()
    let records = suite.cells.map { cell in
      var record = record(of: cell)
      for index in record.training.indices {
        record.training[index] = TrainingRecord(
          iteration: index == 0 ? 0 : 1_000_000_000_000, loss: number, seconds: min(abs(number), 1e12))
      }
      if cell.isRegression {
        record.test = TestOutcomes(
          record.test.arrays.map { array in
            OutcomeArray(
              array.metric, axes: array.axes, values: array.values.indices.map { $0.isMultiple(of: 2) ? number : -number })
          }, digests: record.test.digests)
      }
      record.iterations = 1_000_000_000_000
      record.testSeconds = min(abs(number), 1e12)
      record.peakMemory = .max
      return record
    }
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
      #expect(summary.done == suite.cells.count)
    }
  }
}
