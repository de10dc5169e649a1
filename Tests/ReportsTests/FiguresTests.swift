import FewShotCells
import Foundation
import Measures
import Reports
import Results
import Statistics
import Suites
import Testing

@Suite struct FiguresTests {
  private func rows(_ folder: URL, _ name: String) throws -> [[String]] {
    try text(folder, "figures/\(name).csv").split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func differencesArePairedOnSharedEpisodesAndCorrected() throws {
    let suite = try sampleSuite()
    let records = suite.cells.map { record(of: $0) }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      let rows = try rows(folder, "differences-omniglot-vinyals-accuracy")
      // Five algorithms against the first one, at one shot and at five.
      #expect(rows.count == 1 + 10)
      #expect(rows[2][..<3] == ["5-way 1-shot", "protonet", "maml"])
      func scores(_ label: String) -> [Double] {
        let repeats = zip(suite.cells, records).filter { cell, _ in
          cell.label == label && cell.shot == 1 && !cell.isRegression
        }.map { $1.test.final }
        return repeats[0].indices.map { episode in
          repeats.reduce(0) { $0 + $1[episode] } / Double(repeats.count)
        }
      }
      let difference = try #require(PairedDifference(scores("protonet"), scores("maml")))
      #expect(abs(Double(rows[2][3])! - difference.mean) < 1e-12)
      #expect(rows[0][4...7] == ["lower_episodes", "upper_episodes", "lower", "upper"])
      #expect(abs(Double(rows[2][4])! - difference.lower) < 1e-12)
      #expect(rows.dropFirst().allSatisfy { Double($0[9])! >= Double($0[8])! })
      // Training anew can only widen the interval.
      #expect(rows.dropFirst().allSatisfy { Double($0[6])! <= Double($0[4])! })
    }
  }

  @Test func algorithmsOnOtherEpisodesAreLeftOutAndNamed() throws {
    let suite = try sampleSuite()
    let records = suite.cells.map { cell -> CellRecord in
      var record = record(of: cell)
      guard cell.label == "protonet", cell.shot == 5 else { return record }
      let test = record.test
      record.test = TestOutcomes(
        scores: test.scores, steps: test.steps, digests: test.digests.map { $0 + 1 })
      return record
    }
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: records).write(to: folder)
      #expect(try rows(folder, "differences-omniglot-vinyals-accuracy").count == 1 + 9)
      #expect(
        try text(folder, "report.md").contains(
          "Left out, for tested on other episodes: protonet, 5-way 5-shot."))
      // Ranks need every algorithm on every episode.
      let ranked = try rows(folder, "ranks-omniglot-vinyals-accuracy").dropFirst().map { $0[0] }
      #expect(!ranked.contains("protonet") && ranked.count == 5)
    }
  }

  @Test func aFigureSurvivesValidationThatExploded() throws {
    let yaml = sampleYAML.replacing(
      "- { y: validation/accuracy, x: iteration, by: algorithm, polynomial: 10 }",
      with: "- { y: validation/loss, x: iteration, by: algorithm, polynomial: 3 }")
    let suite = try sampleSuite(yaml)
    let records = suite.cells.map { cell -> CellRecord in
      var record = record(of: cell)
      guard cell.algorithm == "maml", cell.shot == 10 else { return record }
      record.validation[3].scores[7] = .nan
      record.validation[5].scores[1] = 1e21
      return record
    }
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
      #expect(summary.notes == [])
      let name = "1-validation-loss-sinusoid-k-10"
      let rows = try rows(folder, name)
      let left = rows.filter { $0[1] == "left out" }
      #expect(left.map { $0[2] } == ["200.0", "300.0"])
      #expect(left[0][3...] == ["", "", ""])
      // What is drawn is that of the others, and no error is below zero.
      for row in rows.dropFirst() where row[1] == "measured" || row[1] == "fit" {
        #expect(Double(row[3])! < 10, "\(row)")
        if row[1] == "measured" { #expect(Double(row[4])! >= 0, "\(row)") }
      }
      #expect(try !text(folder, "figures/\(name).svg").contains("nan"))
      let page = try text(folder, "report.md")
      #expect(page.contains("maml at 200, 300."))
      #expect(page.contains("## Remarks on cells that are done"))
      #expect(
        page.contains(
          "Validation went out of bounds at iterations 200, 300: 1 of 4,000 scores is not finite, "
            + "1 of 4,000 exploded to more than 1,000 times the median."))
      for file in summary.files where file.hasSuffix(".csv") {
        #expect(try !text(folder, file).contains("nan"), "\(file)")
      }
    }
  }

  @Test func ranksAreOverTheEpisodesOfAllTasks() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let rows = try rows(folder, "ranks-omniglot-vinyals-accuracy").dropFirst()
      #expect(rows.first?[0] == "protonet")
      #expect(rows.allSatisfy { $0[4] == "1200" })
      #expect(abs(rows.reduce(0) { $0 + Double($1[1])! } - 21) < 1e-9)
      #expect(try text(folder, "report.md").contains("5-way 1-shot, 5-way 5-shot: 1,200 in all"))
    }
  }

  /// A task that only one algorithm was tested on ranks nobody, and takes nothing from the others.
  @Test func aTaskOfASingleAlgorithmIsNotRanked() throws {
    let suite = try sampleSuite(
      sampleYAML.replacing("grid:\n", with: "grid:\n  - { algorithm: protonet, dataset: omniglot, way: 20, shot: 1 }\n"))
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) }).write(to: folder)
      #expect(try text(folder, "report.md").contains("5-way 1-shot, 5-way 5-shot: 1,200 in all"))
    }
  }

  @Test func histogramsCountEveryEpisodeOfEveryRepeat() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      let rows = try rows(folder, "episodes-omniglot-vinyals-5-way-1-shot").dropFirst()
      let byAlgorithm = Dictionary(grouping: rows) { $0[0] }
      #expect(byAlgorithm.count == 6)
      for (name, bins) in byAlgorithm {
        #expect(bins.reduce(0) { $0 + Int($1[4])! } == 1800, "\(name)")
        #expect(bins.last?[2] == "75" && bins.first?[1] == "0")
        // Each bin begins where the one before ended.
        #expect(zip(bins, bins.dropFirst()).allSatisfy { Int($0[2])! + 1 == Int($1[1])! })
      }
    }
  }

  @Test func trainingCostIsToldAsPointsPerHour() throws {
    let suite = try sampleSuite()
    try withTemporaryFolder { folder in
      _ = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) }).write(to: folder)
      let costs = try rows(folder, "cost-omniglot-vinyals-5-way-1-shot").dropFirst()
      let page = try String(contentsOf: folder.appendingPathComponent("report.md"), encoding: .utf8)
      let caption = try #require(page.split(separator: "\n").first { $0.contains("per hour of training") })
      #expect(costs.count > 1)
      for row in costs where row[1] == "measured" && !row[2].isEmpty {
        let (seconds, accuracy) = (Double(row[2])!, Double(row[3])!)
        let points = Int(((accuracy - 20) / (seconds / 3600)).rounded())
        let digits = caption.filter { $0 != "," }
        #expect(digits.contains("\(row[0]) \(points)"), "\(row): \(points) in \(caption)")
      }
    }
  }

  @Test func everySplitOfTheGridHasFiguresAndTitlesOfItsOwn() throws {
    let yaml = sampleYAML.replacing("dataset: omniglot\n", with: "dataset: omniglot\n    split: [vinyals, other]\n")
    let suite = try sampleSuite(yaml)
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      #expect(Set(summary.files).count == summary.files.count)
      let page = try text(folder, "report.md")
      let titles = page.split(separator: "\n").filter { $0.hasPrefix("![") }
      #expect(Set(titles).count == titles.count)
      for split in ["vinyals", "other"] {
        #expect(page.contains("Omniglot: omniglot \(split)"))
        #expect(page.contains("Mean ranks, omniglot \(split)"))
        #expect(summary.files.contains { $0.contains("1-validation-accuracy-omniglot-\(split)-5-way-1-shot") })
      }
    }
  }

  @Test func suiteChoosesItsFiguresAndItsReference() throws {
    let suite = try sampleSuite(
      sampleYAML + "\n  figures: [differences]\n  reference: nearest-neighbor\n")
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: suite.cells.map { record(of: $0) })
        .write(to: folder)
      #expect(!summary.files.contains { $0.contains("ranks") || $0.contains("cost") })
      #expect(!summary.files.contains { $0.contains("3-test-accuracy") })
      let rows = try rows(folder, "differences-omniglot-vinyals-accuracy")
      #expect(rows.dropFirst().allSatisfy { $0[2] == "nearest-neighbor" })
    }
    for (line, nearest) in [("figures: [ranking]", "ranks"), ("reference: mamla", "maml")] {
      let error = try #require(throws: SuiteError.self) {
        try sampleSuite(sampleYAML + "\n  \(line)\n")
      }
      #expect("\(error)".contains(nearest))
    }
  }

  /// What a cell shows of itself is a picture in the page and beside it.
  @Test func picturesAreShown() throws {
    let suite = try sampleSuite()
    let sheet = PictureSheet(
      name: "samples", title: "Samples", caption: "Drawn.", rows: 1, columns: 2, height: 28, width: 28, channels: 1,
      pixels: Array(repeating: 200, count: 2 * 28 * 28))
    var records = suite.cells.map { record(of: $0) }
    records[0].pictures = [sheet]
    try withTemporaryFolder { folder in
      let summary = try ReportWriter(suite: suite, records: records).write(to: folder)
      let name = try #require(summary.files.first { $0.hasSuffix(".png") })
      #expect(name.hasPrefix("figures/samples-"))
      let png = try Data(contentsOf: folder.appendingPathComponent(name))
      // Twice as large as 28 rows and 57 columns, in the header's big-endian words.
      let (signature, size): ([UInt8], [UInt8]) = ([0x89, 0x50, 0x4E, 0x47], [0, 0, 0, 114, 0, 0, 0, 56])
      #expect(png.prefix(4).elementsEqual(signature) && png[16..<24].elementsEqual(size))
      let page = try text(folder, "report.html")
      #expect(page.contains("src=\"data:image/png;base64,\(png.base64EncodedString())\""))
      let report = try text(folder, "report.md")
      #expect(report.contains("## Pictures") && report.contains("](\(name))"))
    }
  }
}
