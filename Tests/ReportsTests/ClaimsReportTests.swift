import FewShotCells
import Foundation
import Judgements
import Reports
import Results
import Suites
import Testing

/// Claims and verdicts in reports.
struct ClaimsReportTests {
  static let claims = sampleYAML + """

    claims:
      - id: C1.5
        says: "convolutions help"
        left: { algorithm: maml, network: conv }
        minus: { algorithm: maml, network: no-conv }
        atLeast: 0.03
        where: { shot: 1 }
        published: "98.7 against 89.7"
      - { id: C4.4, says: "five shots help", left: { algorithm: protonet, shot: 5 },
          minus: { algorithm: protonet, shot: 1 }, atLeast: 0.5, remark: nobody said so much }
      - { id: C1.1, says: "MAML learns faster", left: { algorithm: maml, steps: 1 },
          over: { algorithm: fine-tuning, steps: 1 }, atMost: 0.5, where: { dataset: sinusoid } }
      - { id: C7.1, says: "features help",
          left: { algorithm: nearest-neighbor, features: pretrained },
          minus: { algorithm: nearest-neighbor, features: pixels }, atLeast: 0, where: { shot: 5 } }
    """

  @Test func claimsAreATableOfTheReportInAllFormats() throws {
    let suite = try sampleSuite(Self.claims)
    let records = ReportWriterTests.partialRecords(suite)
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
      let files = ["tables/claims.csv", "tables/claims.md", "tables/claims.tex"]
      #expect(files.allSatisfy(summary.files.contains))
      let markdown = try text(folder, "tables/claims.md")
      let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| C") }.map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      #expect(rows.map { $0[0] } == ["C1.5", "C4.4", "C1.1", "C1.1", "C7.1"])
      #expect(rows[0][2] == "maml − maml (no-conv), omniglot 5-way 1-shot")
      #expect(rows[0][3].hasSuffix(" points") && rows[0][5] == "≥ 3 points")
      #expect(rows[0][6] == "holds" && rows[0][7] == "*98.7 against 89.7*")
      #expect(rows[1][6] == "fails")
      #expect(markdown.contains("- C4.4: nobody said so much\n"))
      #expect(rows[2][2] == "maml after 1 step / fine-tuning after 1 step, sinusoid K = 5")
      #expect(rows[2][5] == "≤ 0.5" && !rows[2][3].contains("points"))
      #expect(rows[4][6] == "not decided" && rows[4][3] == "–")
      #expect(markdown.contains("C7.1 is not decided for nearest-neighbor (pretrained)"))
      #expect(markdown.contains("2 of 3 repeats are done."))
      #expect(try text(folder, "report.md").contains("\n## Claims\n"))
      #expect(try text(folder, "report.html").contains("98.7 against 89.7"))
      let csv = try text(folder, "tables/claims.csv").split(separator: "\n")
      #expect(csv.count == 6)
      #expect(csv[1].hasPrefix("C1.5,convolutions help,maml − maml (no-conv),omniglot 5-way"))
    }
  }

  @Test func aSuiteWithoutClaimsHasNoSuchSection() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      #expect(!summary.files.contains { $0.contains("claims") })
      #expect(try !text(folder, "report.md").contains("## Claims"))
    }
  }

  /// The same suite at the scale of the papers.
  static let long = sampleYAML.replacing("iterations: 2000", with: "iterations: 60000")
    .replacing("validateEvery: 50", with: "validateEvery: 2000")
    .replacing("episodes: 600", with: "episodes: 1000")

  @Test func onlyCellsAtPaperScaleHaveAVerdict() throws {
    for (yaml, expected) in [
      (sampleYAML, ["nearest-neighbor"]),
      (
        Self.long,
        // The sample's pretrained networks have no filters, so they are not the papers'.
        ["maml", "maml (no-conv)", "protonet", "nearest-neighbor"]
      ),
    ] {
      let suite = try sampleSuite(yaml)
      try withTemporaryFolder { folder in
        _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
          .write(to: folder)
        let lines = try text(folder, "tables/1-omniglot.md").split(separator: "\n")
        let judged = lines.filter { line in
          line.hasPrefix("|")
            && ["agrees: ", "better: ", "worse: ", "cannot tell: "].contains { line.contains($0) }
        }.map { line in
          line.split(separator: "|")[0].trimmingCharacters(in: .whitespaces)
        }
        #expect(judged == expected)
        #expect(lines.contains { $0.contains("Verdict, at paper scale only") })
      }
    }
  }

  @Test func verdictsAreInTheTablesNumbers() throws {
    let suite = try sampleSuite(Self.long)
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let rows = try text(folder, "tables/1-omniglot.csv").split(separator: "\n")
      #expect(
        rows[0].hasSuffix("scale,verdict,difference,difference_lower,difference_upper,margin,published_precision"))
      let maml = try #require(rows.first { $0.hasPrefix("maml,5,1,") })
      // 93 % where the paper has 98.7.
      #expect(maml.contains(",paper scale,worse,-0.0"))
      #expect(maml.hasSuffix(",0.01,interval"))
      #expect(rows.contains { $0.hasPrefix("protonet,5,1,") && $0.hasSuffix(",bound") })
      #expect(rows.contains { $0.hasPrefix("nearest-neighbor,5,1,") && $0.hasSuffix(",rounding") })
      let notes = try text(folder, "tables/1-omniglot.md")
      #expect(notes.contains("No interval in the paper (protonet): n test episodes"))
      #expect(notes.contains("Neither an interval nor a number of test episodes in the paper (nearest"))
      // Unconfirmed figures judge nothing.
      let sine = try text(folder, "tables/2-sine.csv").split(separator: "\n")
      #expect(sine.filter { $0.contains(",no,") }.allSatisfy { $0.hasSuffix(",,,,,") })
    }
  }
}
