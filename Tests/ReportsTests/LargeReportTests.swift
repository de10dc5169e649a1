import FewShotCells
import Foundation
import Reports
import Results
import Suites
import Testing

@Suite struct LargeReportTests {
  @Test func aThousandCellsLoseNoRow() throws {
    let yaml = sampleYAML.replacing("way: 5", with: "way: [5, 10, 15, 20, 25, 30, 35]")
      .replacing("shot: [1, 5]", with: "shot: [1, 2, 3, 4, 5]")
      .replacing("repeat: 3", with: "repeat: 5")
    let suite = try sampleSuite(yaml)
    #expect(suite.cells.count > 1000)
    let records = suite.cells.map { record(of: $0) }
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
      #expect(summary.done == suite.cells.count && summary.missing == 0)
      let list = try String(contentsOf: folder.appendingPathComponent("cells.csv"), encoding: .utf8)
      let cells = Set(list.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] })
      #expect(cells.count == suite.cells.count)
    }
  }
}
