import FewShotCells
import Digests
import Foundation
import Results
import Storage
import TemporaryFolders
import Testing

/// The command `gate`, as a process of its own, on the committed results.
struct GateTests {
  let folder: TemporaryFolder
  let program: Program
  private let baseline = CommittedResults.folder.path

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  private func copy(_ name: String, _ change: (CellRecord) -> CellRecord?) throws {
    try CommittedResults.copy(to: folder.url.appendingPathComponent(name), change)
  }

  private func gate(_ arguments: String...) throws -> Program.Ending {
    let ending = try program.run(["gate", "--baseline", baseline] + arguments)
    print(ending.output, terminator: "")
    return ending
  }

  @Test func theSameNumbersFoundTwicePass() throws {
    try copy("again") { $0 }
    let ending = try gate("again")
    #expect(ending.code == 0)
    #expect(
      ending.output.hasSuffix(
        "omniglot-5way: pass (16 cells, margin 1 point, confidence 95 % over all cells)\n"))
    #expect(ending.errors.isEmpty)
  }

  @Test func resultsGatedAgainstThemselvesAreTheSameAndNoPass() throws {
    let ending = try gate(baseline)
    #expect(ending.code == 3)
    let lines = ending.output.split(separator: "\n").filter { $0.hasPrefix("inconclusive") }
    #expect(lines.count == 16)
    #expect(lines.allSatisfy { $0.contains("the same numbers as the baseline") })
    #expect(ending.output.contains("Nothing was computed anew"))
    #expect(ending.output.contains("metabench run SUITE --again all"))
  }

  @Test func whatIsLeftOverOfAnEarlierVersionDoesNotStandInForTheNextOne() throws {
    // The folder has all cells of version 1, as good as the baseline's, and of version 2 a worse one.
    let suite = CommittedResults.folder.appendingPathComponent("suite.yaml")
    let text = try String(contentsOf: suite, encoding: .utf8)
    try copy("both") { $0 }
    try copy("next") { record in
      var record = record
      record.configuration = record.configuration.replacing("\"version\":1", with: "\"version\":2")
      record.cell = String(record.cell.dropLast(8)) + Digest.hex(of: record.configuration).prefix(8)
      record.test.scores = record.test.scores.map { max(0, $0 - 0.1) }
      return record
    }
    let both = ResultsFolder(url: folder.url.appendingPathComponent("both"))
    let next = ResultsFolder(url: folder.url.appendingPathComponent("next"))
    for cell in try next.cells() {
      try FileManager.default.copyItem(at: next.file(for: cell), to: both.file(for: cell))
    }
    for results in [both, next] {
      try Data(text.replacing("version: 1", with: "version: 2").utf8).write(
        to: results.url.appendingPathComponent("suite.yaml"))
    }
    let ending = try gate("both")
    #expect(ending.code == 4)
    #expect(ending.output.contains("are of versions 2 and 1 of the suite"))
    #expect(ending.output.contains("40 results in both do not count"))

    // All agree on what counts.
    let program = program
    func last(_ arguments: String...) throws -> String {
      String(try program.run(arguments).output.split(separator: "\n").last ?? "")
    }
    #expect(try last("digest", "both") == last("digest", "next"))
    let comparison = try program.run("compare", "both", "next")
    #expect(comparison.output.contains("The same result on both sides"))
    #expect(comparison.errors.contains("40 results in both do not count"))
    let claims = try program.run("claims", "both")
    #expect(try claims.output == program.run("claims", "next").output)
    #expect(claims.errors.contains("40 results in the folder do not count"))
    for name in ["both", "next"] {
      #expect(try program.run("report", name, "--out", "report-\(name)").code == 0)
    }
    func cells(_ name: String) throws -> String {
      try String(
        contentsOf: folder.url.appendingPathComponent("report-\(name)/cells.csv"), encoding: .utf8)
    }
    #expect(try cells("both") == cells("next"))
    #expect(try program.run("status", "both").output.contains("40 results in both do not count"))
  }

  @Test func anAlgorithmThatLostTwoPointsIsARegression() throws {
    try copy("lower") { record in
      var record = record
      if record.algorithm == "fomaml" {
        record.test.scores = record.test.scores.map { max(0, $0 - 0.02) }
      }
      return record
    }
    let ending = try gate("lower", "--junit", "gate.xml")
    #expect(ending.code == 1)
    let bad = ending.output.split(separator: "\n").filter { $0.hasPrefix("regression") }
    #expect(bad.count == 4)
    #expect(bad.allSatisfy { $0.contains("fomaml-") })
    let junit = try String(
      contentsOf: folder.url.appendingPathComponent("gate.xml"), encoding: .utf8)
    #expect(junit.contains("tests=\"16\" failures=\"4\" errors=\"0\""))

    let json = try gate("lower", "--json", "--annotations")
    #expect(json.code == 1)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["verdict"] as? String == "regression")
    #expect(json.errors.contains("::error title=fomaml-omniglot-5way-1shot%3A regression::"))
  }

  @Test func aCellThatIsMissingIsInvalid() throws {
    try copy("fewer") { $0.cell.hasPrefix("maml-omniglot-5way-1shot-r1-") ? nil : $0 }
    let ending = try gate("fewer")
    #expect(ending.code == 4)
    let bad = ending.output.split(separator: "\n").filter { $0.hasPrefix("invalid") }
    #expect(bad.count == 1 && bad[0].contains("maml-omniglot-5way-1shot-r1-"))
    #expect(try gate("fewer", "--only", "*-r0-*").code == 0)
  }

  @Test func twentyEpisodesAreInconclusiveAndTheNeededNumberIsSaid() throws {
    try copy("short") { record in
      var record = record
      let (test, count) = (record.test, 20)
      record.test = TestOutcomes(
        scores: Array(test.scores.prefix(count * (test.steps + 1))), steps: test.steps,
        digests: Array(test.digests.prefix(count)), metric: record.metric)
      return record
    }
    let ending = try gate("short")
    #expect(ending.code == 3)
    let lines = ending.output.split(separator: "\n").filter { $0.hasPrefix("inconclusive") }
    #expect(lines.count == 16)
    #expect(lines.allSatisfy { $0.contains("on 20 of 600 episodes") })
    #expect(lines.allSatisfy { $0.contains(" test episodes would decide.") })
  }

  @Test func otherEpisodesAreInvalidAndOtherConfigurationsNotCounted() throws {
    try copy("other-episodes") { record in
      var record = record
      if record.algorithm == "protonet" { record.test.digests[7] ^= 1 }
      return record
    }
    let episodes = try gate("other-episodes")
    #expect(episodes.code == 4)
    #expect(episodes.output.contains("their digests differ from episode 7 on"))

    // Cells whose configuration is not that of the suite beside them are none of its cells.
    try copy("other-configuration") { record in
      var record = record
      record.configuration = record.configuration.replacing("\"version\":1", with: "\"version\":2")
      return record
    }
    let other = try gate("other-configuration")
    #expect(other.code == 2)
    #expect(other.errors.contains("40 results in other-configuration do not count"))
  }

  @Test func whatCannotBeReadOrIsMissingIsWrongInput() throws {
    for (arguments, message) in [
      (["nowhere"], "there is no such file or folder"),
      (["main:nowhere"], "git has no 'nowhere' in a commit 'main'"),
      ([baseline, "--only", "mamal-*"], "no cell of the baseline matches '--only mamal-*'"),
      ([baseline, "--margin=-1"], "'--margin -1.0' must be 0 or more"),
      ([baseline, "--margin", "inf"], "'--margin inf' must be 0 or more, and finite"),
      ([baseline, "--margin", "5"], "below 1, for accuracies are in 0...1: 5 points are 0.05"),
      ([baseline, "--confidence", "nan"], "'--confidence nan' must be at least 0.5 and below 1"),
      ([baseline, "--confidence", "0.05"], "'--confidence 0.05' must be at least 0.5 and below 1"),
      ([baseline, "--train-seconds", "inf"], "'--train-seconds inf' must be at least 1, and finite"),
    ] {
      let ending = try program.run(["gate", "--baseline", baseline] + arguments)
      #expect(ending.code == 2, "\(arguments)")
      #expect(ending.errors.contains(message), "\(ending.errors)")
    }
    try copy("no-suite") { $0.repetition == 0 ? $0 : nil }
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("no-suite/suite.yaml"))
    let ending = try program.run("gate", "--baseline", "no-suite", "no-suite")
    #expect(ending.code == 2 && ending.errors.contains("Give '--margin'"))
    let given = try program.run(
      "gate", "--baseline", "no-suite", "no-suite", "--margin", "0.01")
    #expect(given.code == 3)
    #expect(given.output.contains("no-suite keeps no suite that this program can read"))
  }
}
