import Foundation
import Reports
import Results
import Suites
import Testing

@Suite struct ReportWriterTests {
  /// Results with every kind of gap: a repeat missing, a cell never run, one diverged, one failed.
  static func partialRecords(_ suite: Suite) -> [CellRecord] {
    suite.cells.compactMap { cell in
      switch (cell.label, cell.shot, cell.repetition) {
      case ("protonet", 5, 2): nil
      case ("nearest-neighbor (pretrained)", 5, _): nil
      case ("fine-tuning", 5, _) where !cell.isRegression:
        record(of: cell, status: .diverged("the loss is inf at iteration 131"))
      case ("maml (no-conv)", 5, _):
        record(of: cell, status: .failed("no memory\nleft"))
      default: record(of: cell)
      }
    }
  }

  @Test func reportHasAllItsFilesAndSaysSo() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      #expect(summary.isComplete)
      #expect(summary.done == 40)
      #expect(summary.notes == [])
      #expect(
        summary.files == [
          "cells.csv", "figures/1-validation-accuracy-omniglot-5-way-1-shot.csv",
          "figures/1-validation-accuracy-omniglot-5-way-1-shot.svg",
          "figures/1-validation-accuracy-omniglot-5-way-5-shot.csv",
          "figures/1-validation-accuracy-omniglot-5-way-5-shot.svg",
          "figures/2-test-loss-sinusoid-k-10.csv", "figures/2-test-loss-sinusoid-k-10.svg",
          "figures/2-test-loss-sinusoid-k-5.csv", "figures/2-test-loss-sinusoid-k-5.svg",
          "report.md", "tables/1-omniglot.csv", "tables/1-omniglot.md", "tables/2-sine.csv",
          "tables/2-sine.md",
        ])
      for file in summary.files { #expect(try !text(folder, file).isEmpty) }
      let report = try text(folder, "report.md")
      #expect(report.hasPrefix("# A sample of everything\n"))
      #expect(report.contains("**40 of 40 cells done**."))
      #expect(!report.contains("## Cells without a result"))
      let first = try text(folder, "tables/1-omniglot.md")
      #expect(summary.firstTable.contains(table(in: first)))
    }
  }

  @Test func reportWrittenTwiceHasTheSameBytes() throws {
    let suite = try sampleSuite()
    let records = Self.partialRecords(suite)
    try withTemporaryFolder { first in
      try withTemporaryFolder { second in
        let summary = try ReportWriter(suite: suite, records: records).write(to: first)
        _ = try ReportWriter(suite: suite, records: records.reversed()).write(to: second)
        for file in summary.files {
          #expect(try text(first, file) == text(second, file), "\(file)")
        }
      }
    }
  }

  @Test func tableIsLaidOutAsInThePapersWithPublishedBesideMeasured() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: Self.partialRecords(suite)).write(to: folder)
      let markdown = try text(folder, "tables/1-omniglot.md")
      let rows = table(in: markdown).split(separator: "\n").map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      #expect(
        rows[0] == [
          "algorithm", "5-way 1-shot", "published", "5-way 5-shot", "published", "scale",
        ])
      let expected = """
        maml | 92.9 ± 0.2 (± 1.6) | *98.7 ± 0.4*¹ | 96.8 ± 0.1 (± 0.8) | *99.9 ± 0.1*¹ | reduced
        maml (no-conv) | 83.9 ± 0.2 (± 0.7) | *89.7 ± 1.1*¹ | failed | *97.5 ± 0.6*¹ | reduced
        protonet | 96.7 ± 0.1 (± 0.1) | *98.8*² | 98.1 ± 0.1 (± 0.1) [2 of 3] | *99.7*² | reduced
        nearest-neighbor (pixels) | 41.9 ± 0.2 (± 1.3) | *41.7*³ | 62.1 ± 0.2 (± 0.6) | *63.2*³ \
        | paper scale
        nearest-neighbor (pretrained) | 79.9 ± 0.2 (± 0.5) | *80.0*⁴ | not run | *95.0*⁴ | reduced
        fine-tuning | 79.8 ± 0.2 (± 0.3) | *86.0*⁵ | diverged | *97.6*⁵ | reduced
        """
      let body = rows.dropFirst(2).map { $0.joined(separator: " | ") }
      #expect(body.joined(separator: "\n") == expected)
      #expect(
        markdown.contains(
          "Student t over episodes; an episode's score is its mean over the repeats"))
      #expect(markdown.contains("over the means of 2 or 3 repeats (Student t over repeats)"))
      #expect(markdown.contains("600 test episodes"))
      #expect(markdown.contains("Split: omniglot `vinyals` (SHA-256 `9f2c41aa07de`)."))
      #expect(markdown.contains("Batch-norm policy: `query-batch`."))
      #expect(markdown.contains("\n¹ Finn et al. 2017, table 1;"))
    }
  }

  @Test func unconfirmedFiguresAreMarkedAndStepsAreMatched() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let markdown = try text(folder, "tables/2-sine.md")
      #expect(markdown.contains("*≈ 0.4 ?*"))
      #expect(markdown.contains("; unconfirmed."))
      #expect(markdown.contains("K = 5, 10 steps"))
      #expect(markdown.contains("*0.35*"))
      let csv = try text(folder, "tables/2-sine.csv")
      #expect(csv.contains("\"Finn et al. 2017, read off figure 3\",no,reduced"))
    }
  }

  @Test func paperScaleIsClaimedOnlyWhereTheProtocolIsAsLong() throws {
    let long = sampleYAML.replacing("iterations: 2000", with: "iterations: 60000")
      .replacing("validateEvery: 50", with: "validateEvery: 2000")
    for (yaml, scale) in [(sampleYAML, "reduced"), (long, "paper scale")] {
      let suite = try sampleSuite(yaml)
      try withTemporaryFolder { folder in
        _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
          .write(to: folder)
        let rows = try text(folder, "tables/1-omniglot.md").split(separator: "\n")
        let maml = try #require(rows.first { $0.hasPrefix("| maml  ") })
        #expect(maml.contains("| \(scale) "))
      }
    }
  }

  @Test func cellsWithoutResultAreListedWithTheirReason() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: Self.partialRecords(suite))
        .write(to: folder)
      #expect(summary.done == 30)
      #expect(summary.failed == 3)
      #expect(summary.diverged == 3)
      #expect(summary.missing == 4)
      #expect(!summary.isComplete)
      let report = try text(folder, "report.md")
      #expect(report.contains("**30 of 40 cells done** (3 failed, 3 diverged, 4 not run)."))
      #expect(report.contains("| diverged | the loss is inf at iteration 131 |"))
      #expect(report.contains("| failed   | no memory left "))
    }
  }

  @Test func resultsOfOtherCellsAreLeftOutAndNamed() throws {
    let suite = try sampleSuite()
    var stranger = record(of: suite.cells[0])
    stranger.cell = "maml-omniglot-5way-1shot-r9-00000000"
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: [stranger]).write(to: folder)
      #expect(summary.foreign == ["maml-omniglot-5way-1shot-r9-00000000"])
      #expect(summary.missing == 40)
      #expect(try text(folder, "report.md").contains("Left out, for the suite has no such cells"))
    }
  }

  @Test func reportOfNothingIsAReport() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: []).write(to: folder)
      #expect(summary.missing == 40)
      #expect(summary.notes == [])
      #expect(try text(folder, "tables/1-omniglot.md").contains("not run"))
    }
  }

  @Test func missingGnuplotIsSaidAndTheRestIsWritten() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder, gnuplot: "no-such-gnuplot")
      #expect(summary.notes.count == 1)
      #expect(summary.notes[0].contains("'no-such-gnuplot' is not installed"))
      #expect(!summary.files.contains { $0.hasSuffix(".svg") })
      #expect(summary.files.contains("figures/2-test-loss-sinusoid-k-5.csv"))
      let report = try text(folder, "report.md")
      #expect(report.contains("> The figures were not drawn"))
      #expect(!report.contains("!["))
    }
  }

  @Test func failingGnuplotIsSaid() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder, gnuplot: "/bin/false")
      #expect(summary.notes.count == 1)
      #expect(summary.notes[0].hasPrefix("The figures were not drawn: "))
    }
  }

  @Test func earlierReportIsReplacedAndForeignFilesAreKept() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let tables = folder.appendingPathComponent("tables")
      try FileManager.default.createDirectory(at: tables, withIntermediateDirectories: true)
      try Data("old".utf8).write(to: tables.appendingPathComponent("9-old.md"))
      try Data("mine".utf8).write(to: tables.appendingPathComponent("notes.txt"))
      _ = try ReportWriter(suite: suite, records: []).write(to: folder)
      let left = try FileManager.default.contentsOfDirectory(atPath: tables.path).sorted()
      #expect(!left.contains("9-old.md"))
      #expect(left.contains("notes.txt"))
    }
  }

  @Test func folderThatCannotBeWrittenIsAnErrorWithTheReason() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data("x".utf8).write(to: file)
      let error = try #require(throws: ReportError.self) {
        try ReportWriter(suite: suite, records: []).write(to: file.appendingPathComponent("out"))
      }
      #expect("\(error)".contains("cannot write the report: \(file.path) is a file, not a folder"))
    }
  }

  private func table(in markdown: String) -> String {
    markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.joined(separator: "\n")
  }
}
