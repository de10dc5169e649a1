import Foundation
import Reports
import Results
import Suites
import Testing

@Test func showcase() throws {
  let suite = try sampleSuite()
  let records = suite.cells.map { cell -> CellRecord in
    if cell.label == "fine-tuning" && cell.shot == 5 && !cell.isRegression { return record(of: cell, status: .diverged("the loss became infinite at iteration 131")) }
    return record(of: cell)
  }.filter { !($0.algorithm == "protonet" && $0.shot == 5 && $0.repetition == 2) && !($0.cell.hasPrefix("nearest-neighbor-pretrained") && $0.shot == 5) }
  print(try ReportWriter(suite: suite, records: records).write(to: URL(filePath: "/tmp/showcase")))
}
