import FewShotCells
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
      let figures = [
        "1-validation-accuracy-omniglot-5-way-1-shot", "1-validation-accuracy-omniglot-5-way-5-shot",
        "2-test-loss-sinusoid-k-10", "2-test-loss-sinusoid-k-5",
        "3-test-accuracy-omniglot-5-way-1-shot", "3-test-accuracy-omniglot-5-way-5-shot",
        "cost-omniglot-vinyals-5-way-1-shot", "cost-omniglot-vinyals-5-way-5-shot",
        "cost-sinusoid-standard-k-10", "cost-sinusoid-standard-k-5",
        "differences-omniglot-vinyals-accuracy", "differences-sinusoid-standard-loss",
        "episodes-omniglot-vinyals-5-way-1-shot", "episodes-omniglot-vinyals-5-way-5-shot",
        "ranks-omniglot-vinyals-accuracy",
      ].flatMap { ["figures/\($0).csv", "figures/\($0).svg"] }
      let tables = ["1-omniglot", "2-sine"].flatMap { name in
        ["csv", "md", "tex"].map { "tables/\(name).\($0)" }
      }
      #expect(summary.files == ["cells.csv"] + figures + ["report.html", "report.md"] + tables)
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
          "algorithm", "5-way 1-shot", "published", "verdict", "5-way 5-shot", "published",
          "verdict", "scale",
        ])
      let expected = """
        maml | 92.9 ± 0.5 | *98.7 ± 0.4*¹ | – | 97.1 ± 0.7 | *99.9 ± 0.1*¹ | – \
        | reduced
        maml (no-conv) | 84.1 ± 0.7 | *89.7 ± 1.1*¹ | – | failed | *97.5 ± 0.6*¹ | – \
        | reduced
        protonet | 96.9 ± 0.3 | *98.8*² | – | 98.2 ± 1.0 [2 of 3] | *99.7*² | – \
        | reduced
        nearest-neighbor | 41.9 ± 1.3 | *41.7*³ | cannot tell: 0.2 [-1.0, 1.5] \
        | 62.1 ± 0.6 | *63.2*³ | worse: -1.1 [-1.7, -0.5] | paper scale
        nearest-neighbor (pretrained) | 79.9 ± 0.5 | *80.0*⁴ | – | not run | *95.0*⁴ | – \
        | reduced
        fine-tuning | 79.8 ± 0.3 | *86.0*⁵ | – | diverged | *97.6*⁵ | – | reduced
        """
      let body = rows.dropFirst(2).map { $0.joined(separator: " | ") }
      #expect(body.joined(separator: "\n") == expected)
      #expect(
        markdown.contains(
          "mean ± half-width of the 95 % interval for other test episodes and training anew (of what is not "
            + "trained: another initialization), from 600 episodes and 2 or 3 repeats (crossed random effects: "
            + "Student t over episodes; an episode's score is its mean over the repeats)."))
      #expect(markdown.contains("Split: omniglot `vinyals` (SHA-256 `9f2c41aa07de`)."))
      #expect(
        markdown.contains(
          "Batch-norm policy at test: `query-batch` (transductive), 75 queries at a time (`all`): maml, maml (no-conv), "
            + "protonet, nearest-neighbor (pretrained), fine-tuning; no network: nearest-neighbor"))
      #expect(markdown.contains("\n¹ Finn et al. 2017, arXiv:1703.03400, table 1;"))
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
      #expect(
        csv.split(separator: "\n").contains {
          $0.contains("\"Finn et al. 2017, arXiv:1703.03400, read off figure 3\",no,") && $0.contains(",reduced,")
        })
    }
  }

  @Test func paperScaleIsClaimedOnlyWhereTheProtocolIsAsLong() throws {
    let long = sampleYAML.replacing("iterations: 2000", with: "iterations: 60000")
      .replacing("validateEvery: 50", with: "validateEvery: 2000")
      .replacing("episodes: 600", with: "episodes: 1000")
    let narrow = long + "\nsettings: { maml: { filters: 32 }, protonet: { trainWay: 20 } }"
    for (yaml, scale) in [(sampleYAML, "reduced"), (long, "paper scale"), (narrow, "reduced")] {
      let suite = try sampleSuite(yaml)
      try withTemporaryFolder { folder in
        _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
          .write(to: folder)
        let rows = try text(folder, "tables/1-omniglot.md").split(separator: "\n")
        let maml = try #require(rows.first { $0.hasPrefix("| maml  ") })
        #expect(maml.contains("| \(scale) "))
        let protonet = try #require(rows.first { $0.hasPrefix("| protonet ") })
        #expect(protonet.contains("| \(scale) "))
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
      #expect(!summary.files.contains { $0.hasPrefix("figures/2-") && $0.hasSuffix(".svg") })
      #expect(summary.files.contains("figures/ranks-omniglot-vinyals-accuracy.svg"))
      #expect(summary.files.contains("figures/2-test-loss-sinusoid-k-5.csv"))
      let report = try text(folder, "report.md")
      #expect(report.contains("> The curves were not drawn"))
      #expect(!report.contains("![Test error"))
    }
  }

  @Test func failingGnuplotIsSaid() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder, gnuplot: "/bin/false")
      #expect(summary.notes.count == 1)
      #expect(summary.notes[0].hasPrefix("The curves were not drawn: "))
    }
  }

  @Test func notesTellEachRowsTrainingAndItsDistanceFromThePaper() throws {
    let suite = try sampleSuite(
      sampleYAML + """

        settings: { maml: { filters: 32, metaRate: 0.005 }, protonet: { trainWay: 20 } }
        override: [ { when: { algorithm: protonet }, set: { iterations: 4000, batchNorm: running } } ]
        """)
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let markdown = try text(folder, "tables/1-omniglot.md")
      for note in [
        "`running`: protonet", "; no network: nearest-neighbor",
        "Training: 2,000 iterations of 32 episodes: maml, maml (no-conv); 4,000 iterations of one "
          + "20-way episode: protonet; not trained: nearest-neighbor; 2,000 iterations of "
          + "examples: nearest-neighbor (pretrained), fine-tuning.",
        "Filters of each convolution: 32: maml; 64: protonet.",
        "Settings that differ from the paper's, where those are known: maml: 2,000 of 60,000 "
          + "training iterations, 32 of 64 filters, metaRate 0.005 instead of 0.001, lossReduction "
          + "class-sum in the paper, normalizeQueries all instead of way x shot, query 15 instead of shot, split vinyals instead of 1200/423 characters at random; "
          + "maml (no-conv): 2,000 of 60,000 training iterations, metaRate 0.005 instead of 0.001, "
          + "lossReduction class-sum in the paper, normalizeQueries all instead of way x shot, "
          + "query 15 instead of shot, split vinyals instead of 1200/423 characters at random; "
          + "protonet: 4,000 of "
          + "20,000 training iterations, 20 of 60 training ways, 600 of 1,000 test episodes;",
      ] { #expect(markdown.contains(note), "\(note) in \(markdown)") }
      let sine = try text(folder, "tables/2-sine.md")
      #expect(!sine.contains("Batch-norm"))
      #expect(!sine.contains("exploded"))
    }
  }

  @Test func notesTellHowManyImagesAnIncompleteImportHad() throws {
    let suite = try sampleSuite()
    /// With as many images per class in training; nil: nothing was recorded.
    func notes(_ training: (CellRecord) -> Int?) throws -> String {
      let records = suite.cells.map { cell in
        var record = record(of: cell)
        var provenance = Provenance(json: record.provenance)!
        provenance.examplesPerClass = training(record).map { fewest in
          [
            "omniglot/vinyals/train": .init(fewest: fewest, most: 600, complete: 600),
            "omniglot/vinyals/validation": .init(fewest: 600, most: 600, complete: 600),
            "omniglot/vinyals/test": .init(fewest: 600, most: 600, complete: 600),
          ]
        }
        record.provenance = provenance.json
        return record
      }
      return try withTemporaryFolder { folder in
        _ = try ReportWriter(suite: suite, records: records).write(to: folder)
        return try text(folder, "tables/1-omniglot.md")
      }
    }
    #expect(
      try notes { _ in 498 }.contains(
        "Images per class: omniglot 498 to 600 (of 600) in training, 600 in validation and test."))
    #expect(try notes { _ in 600 }.contains("Images per class: omniglot 600."))
    #expect(
      try notes { $0.repetition == 0 ? 500 : 600 }.contains(
        "Images per class: omniglot 500 to 600 (of 600) in training, 600 in validation and test or, "
          + "in other results, 600."))
    #expect(try !notes { _ in nil }.contains("Images per class"))
  }

  @Test func episodesThatExplodeAreCountedWithTheMedianBeside() throws {
    let suite = try sampleSuite()
    let records = suite.cells.map { cell -> CellRecord in
      var record = record(of: cell)
      guard cell.isRegression, cell.algorithm == "maml", cell.shot == 5 else { return record }
      let steps = record.test.steps
      var scores = record.test.scores
      for episode in [0, 7, 40] { scores[episode * (steps + 1) + steps] = 1e12 }
      record.test = TestOutcomes(
        scores: scores, steps: steps, digests: record.test.digests, metric: .loss)
      return record
    }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let markdown = try text(folder, "tables/2-sine.md")
      #expect(
        markdown.contains(
          "(more than 1,000 times the median, or not finite), so that the mean says nothing: "
            + "maml, K = 5, 10 steps: 3 of 600 (median 0.2"), "\(markdown)")
    }
  }

  @Test func bandsSayWhatTheyTakeForGranted() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let page = try text(folder, "report.md")
      #expect(
        page.contains(
          "which treats all points as independent, though those of one run share their validation "
            + "episodes"))
      #expect(page.contains(", Clang 21.1.6, AMD EPYC"))
      #expect(!page.contains("Swift"))
    }
  }

  @Test func earlierReportIsReplacedAndForeignFilesAreKept() throws {
    let suite = try sampleSuite()
    let other = try sampleSuite(sampleYAML.replacing("title: Omniglot", with: "title: Letters"))
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: []).write(to: folder)
      for name in ["tables/notes.txt", "tables/9-mine.md", "mine.csv"] {
        try Data("mine".utf8).write(to: folder.appendingPathComponent(name))
      }
      let summary = try ReportWriter(suite: other, records: []).write(to: folder)
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      #expect(!left.contains("tables/1-omniglot.md"))
      #expect(
        Set(left) == Set(summary.files).union([
          ".metabench-report", "mine.csv", "tables", "tables/9-mine.md",
          "tables/notes.txt",
        ]))
    }
  }

  @Test func filesThatNoReportWroteAreNotOverwritten() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      try Data("mine".utf8).write(to: folder.appendingPathComponent("report.md"))
      let error = try #require(throws: ReportError.self) {
        try ReportWriter(suite: suite, records: []).write(to: folder)
      }
      #expect("\(error)".contains("/report.md: was not written by a report"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.md"])
      #expect(try text(folder, "report.md") == "mine")
    }
  }

  @Test func reportThatCannotBeFinishedLeavesTheEarlierOne() throws {
    let suite = try sampleSuite()
    func contents(_ folder: URL) throws -> [String: Data] {
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      return Dictionary(
        uniqueKeysWithValues: paths.map {
          ($0, (try? Data(contentsOf: folder.appendingPathComponent($0))) ?? Data())
        })
    }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: []).write(to: folder)
      let before = try contents(folder)
      try withTemporaryFolder { tools in
        // It runs while the report is written, and puts a folder where a file has to go.
        let breaker = tools.appendingPathComponent("breaker")
        try Data("#!/bin/sh\nmkdir -p ../cells.csv/x\n".utf8).write(to: breaker)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: breaker.path)
        let records = suite.cells.map { record(of: $0) }
        #expect(throws: ReportError.self) {
          try ReportWriter(suite: suite, records: records).write(
            to: folder, gnuplot: breaker.path)
        }
      }
      #expect(try contents(folder) == before)
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
