import Foundation
import Reports
import Results
import Suites
import Testing

@Suite struct ReportSpeedTests {
  @Test func aThousandCellsTakeSeconds() throws {
    let yaml = sampleYAML.replacing("way: 5", with: "way: [5, 10, 15, 20, 25, 30, 35]")
      .replacing("shot: [1, 5]", with: "shot: [1, 2, 3, 4, 5]")
      .replacing("repeat: 3", with: "repeat: 5")
    let suite = try sampleSuite(yaml)
    #expect(suite.cells.count > 1000)
    let records = suite.cells.map { record(of: $0) }
    try withTemporaryFolder { folder in
      let duration = try ContinuousClock().measure {
        _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      }
      print("report of \(records.count) cells: \(duration)")
      #expect(duration < .seconds(5))
    }
  }
}
