import FewShotCells
import Foundation
import Reports
import Suites
import Testing

@Suite struct ReportFormatsTests {
  @Test func allFormatsHaveTheSameCells() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: ReportWriterTests.partialRecords(suite))
        .write(to: folder)
      let page = try Markup.tables(text(folder, "report.html"))
      for (index, name) in ["1-omniglot", "2-sine"].enumerated() {
        let markdown = Markup.markdownRows(try text(folder, "tables/\(name).md"))
        #expect(markdown.count > 1)
        #expect(page[index] == markdown, "\(name) of report.html")
        #expect(Markup.latexRows(try text(folder, "tables/\(name).tex")) == markdown, "\(name).tex")
        #expect(
          Markup.markdownRows(
            try text(folder, "report.md").components(separatedBy: "\n## ")[index + 1]) == markdown)
      }
    }
  }

  @Test func roomForAlignmentHoldsNoDigits() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: ReportWriterTests.partialRecords(suite))
        .write(to: folder)
      let page = try text(folder, "report.html")
      let rooms = page.components(separatedBy: "<i ").dropFirst().map { room in
        room.components(separatedBy: "</i>")[0]
      }
      #expect(rooms.contains { $0.contains("padding-left:1ch") })
      for room in rooms {
        #expect(room.hasSuffix(">"), "text in \(room)")
        if let signs = room.components(separatedBy: "data-room=\"").dropFirst().first {
          #expect(!signs.prefix { $0 != "\"" }.contains { $0.isNumber }, "\(room)")
        }
      }
      #expect(page.contains("<sup data-mark=\"1\"></sup>"))
    }
  }

  @Test func claimsAreATableLikeTheOthers() throws {
    let suite = try sampleSuite(
      sampleYAML + """

        claims:
          - { id: C4.1, says: "prototypes beat pixels by 20 points, which is quite something",
              left: { algorithm: protonet }, minus: { algorithm: nearest-neighbor, features: pixels },
              atLeast: 0.2 }
        """)
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let markdown = Markup.markdownRows(try text(folder, "tables/claims.md"))
      #expect(!markdown.isEmpty)
      #expect(try Markup.tables(text(folder, "report.html"))[2] == markdown)
      let latex = try text(folder, "tables/claims.tex")
      #expect(Markup.latexRows(latex) == markdown)
      #expect(Markup.faults(inLaTeX: latex) == [])
    }
  }

  @Test func numbersOfTheLongTableAreThoseOfTheOthers() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let rows = Markup.markdownRows(try text(folder, "tables/1-omniglot.md"))
      var seen = 0
      for line in try text(folder, "tables/1-omniglot.csv").split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let row = try #require(rows.first { $0[0] == fields[0] })
        func percent(_ field: String) -> String {
          String(format: "%.1f", Double(field)! * 100)
        }
        // What is printed is behind all that may hold commas.
        #expect(fields[fields.count - 10] == "episodes and repeats")
        let measured = "\(percent(fields[5])) ± \(percent(fields[fields.count - 11]))"
        #expect(row.contains(measured), "\(measured) in \(row)")
        #expect(row.contains { $0.hasPrefix(percent(fields[11])) })
        seen += 1
      }
      #expect(seen == 12)
    }
  }

  @Test func pageNeedsNoOtherFileAndIsWellFormed() throws {
    let suite = try sampleSuite(
      sampleYAML.replacing(
        "title: A sample of everything",
        with: "title: \"A <b>&</b> \\\"sample\\\" of everything\""))
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: ReportWriterTests.partialRecords(suite))
        .write(to: folder)
      let page = try text(folder, "report.html")
      #expect(page.contains("<h1>A &lt;b&gt;&amp;&lt;/b&gt; &quot;sample&quot; of everything</h1>"))
      for word in ["<img", "stylesheet", "src=", "@import", "url(", "http:", "https:"] {
        #expect(!page.contains(word), "\(word)")
      }
      #expect(page.contains("default-src 'none'"))
      #expect(page.contains("prefers-color-scheme: dark"))
      #expect(Markup.faults(inHTML: page) == [])
      // As many figures as there are drawings.
      let drawings = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("figures").path
      ).filter { $0.hasSuffix(".svg") }
      #expect(page.components(separatedBy: "role=\"img\"").count - 1 == drawings.count)
      #expect(page.components(separatedBy: "<figure ").count - 1 == drawings.count)
      // Everything has a colour of the theme.
      #expect(!page.contains("rgb("))
    }
  }

  @Test func latexTablesAreSound() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(
        suite: suite, records: ReportWriterTests.partialRecords(suite)
      ).write(to: folder)
      let tables = summary.files.filter { $0.hasSuffix(".tex") }
      #expect(tables.count == 2)
      for file in tables {
        let text = try text(folder, file)
        #expect(Markup.faults(inLaTeX: text) == [], "\(file)")
        #expect(text.contains("\\toprule") && text.contains("\\bottomrule"))
        // Measured and published below one name, and in one of the tables a verdict.
        let span = file.contains("omniglot") ? 3 : 2
        #expect(text.contains("\\multicolumn{\(span)}{c}{"))
      }
    }
  }

  /// Nil where LaTeX, or the package that the tables use, is not installed.
  static let pdflatex: String? = {
    let folder = ["/usr/bin/", "/usr/local/bin/"].first {
      FileManager.default.isExecutableFile(atPath: $0 + "pdflatex")
    }
    guard let folder else { return nil }
    let search = Process()
    search.executableURL = URL(fileURLWithPath: folder + "kpsewhich")
    search.arguments = ["booktabs.sty"]
    search.standardOutput = FileHandle.nullDevice
    guard (try? search.run()) != nil else { return nil }
    search.waitUntilExit()
    return search.terminationStatus == 0 ? folder + "pdflatex" : nil
  }()

  @Test(.enabled(if: pdflatex != nil, "pdflatex and booktabs.sty are not installed"))
  func latexTablesCompile() throws {
    let suite = try sampleSuite(
      sampleYAML.replacing("title: Omniglot,", with: "title: \"100 % of $x_1^2$ & #{~\\\\}\","))
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(
        suite: suite, records: ReportWriterTests.partialRecords(suite)
      ).write(to: folder)
      let inputs = summary.files.filter { $0.hasSuffix(".tex") }.map { "\\input{\($0)}" }
      #expect(inputs.count == 2)
      let document = """
        \\documentclass{article}
        \\usepackage{booktabs}
        \\begin{document}
        \(inputs.joined(separator: "\n"))
        \\end{document}

        """
      try Data(document.utf8).write(to: folder.appendingPathComponent("all.tex"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Self.pdflatex!)
      process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "all.tex"]
      process.currentDirectoryURL = folder
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let log = String(
        decoding: try Data(contentsOf: folder.appendingPathComponent("all.log")), as: UTF8.self)
      #expect(process.terminationStatus == 0, "\(log.suffix(1500))")
      #expect(!log.contains("Missing character"))
    }
  }
}
