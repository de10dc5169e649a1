import FewShotCells
import Foundation
import Reports
import Results
import Suites
import Testing

@Suite struct CellsTableTests {
  @Test func cellsHaveExactlyTheAgreedColumnsAndALinePerStep() throws {
    let suite = try sampleSuite()
    let cell = suite.cells[0]
    var one = record(of: cell)
    one.test = TestOutcomes(scores: [0.25, 0.5, 0.25, 1, 0.25, 0.6], steps: 1, digests: [1, 2, 3])
    let failed = record(of: suite.cells[1], status: .failed("why"))
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: [one, failed]).write(to: folder)
      let lines = try text(folder, "cells.csv").split(separator: "\n").map(String.init)
      #expect(
        lines[0] == "suite,cell,algorithm,variant,dataset,split,way,shot,query,repeat,metric,steps,mean,"
          + "ci95,n,train_seconds,status")
      #expect(
        lines[1] == "sample,\(cell.id),maml,,omniglot,vinyals,5,1,15,0,accuracy,0,0.25,0.0,3,"
          + "61.250,done")
      // t(0.975, 2) = 4.302652729696142, sample standard deviation sqrt(0.07).
      let fields = lines[2].split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields[11] == "1")
      #expect(abs(Double(fields[12])! - 0.7) < 1e-15)
      #expect(abs(Double(fields[13])! - 4.302652729696142 * (0.07 / 3).squareRoot()) < 1e-9)
      #expect(lines[3].hasSuffix(",accuracy,,,,0,61.250,failed"))
      // The name to join on, and what tells two cells of it apart.
      #expect(lines[3].hasPrefix("sample,maml-no-conv-omniglot-"))
      #expect(lines[3].contains(",maml,no-conv,omniglot,"))
      #expect(lines[4].hasSuffix(",accuracy,,,,0,,missing"))
      // Two lines for the first cell, one for every other.
      #expect(lines.count == 1 + 2 + suite.cells.count - 1)
    }
  }
}
