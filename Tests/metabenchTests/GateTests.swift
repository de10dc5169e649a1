import Foundation
import Results
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

  @Test func resultsPassAgainstThemselves() throws {
    let ending = try gate(baseline)
    #expect(ending.code == 0)
    #expect(
      ending.output.hasSuffix(
        "omniglot-5way: pass (12 cells, margin 1 point, confidence 95 % over all cells)\n"))
    #expect(ending.errors.isEmpty)
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
    #expect(bad.count == 2)
    #expect(bad.allSatisfy { $0.contains("fomaml-omniglot-5way-") })
    let junit = try String(
      contentsOf: folder.url.appendingPathComponent("gate.xml"), encoding: .utf8)
    #expect(junit.contains("tests=\"12\" failures=\"2\" errors=\"0\""))

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
        digests: Array(test.digests.prefix(count)))
      return record
    }
    let ending = try gate("short")
    #expect(ending.code == 3)
    let lines = ending.output.split(separator: "\n").filter { $0.hasPrefix("inconclusive") }
    #expect(lines.count == 12)
    #expect(lines.allSatisfy { $0.contains("on 20 of 600 episodes") })
    #expect(lines.allSatisfy { $0.contains(" test episodes would decide.") })
  }

  @Test func otherEpisodesAndOtherVersionsAreInvalid() throws {
    try copy("other-episodes") { record in
      var record = record
      if record.algorithm == "protonet" { record.test.digests[7] ^= 1 }
      return record
    }
    let episodes = try gate("other-episodes")
    #expect(episodes.code == 4)
    #expect(episodes.output.contains("their digests differ from episode 7 on"))

    try copy("other-version") { record in
      var record = record
      record.configuration = record.configuration.replacing("\"version\":1", with: "\"version\":2")
      return record
    }
    let version = try gate("other-version")
    #expect(version.code == 4)
    #expect(version.output.contains("are of versions 2 and 1 of the suite"))
  }

  @Test func whatCannotBeReadOrIsMissingIsWrongInput() throws {
    for (arguments, message) in [
      (["nowhere"], "there is no such file or folder"),
      (["main:nowhere"], "git has no 'nowhere' in a commit 'main'"),
      ([baseline, "--only", "mamal-*"], "no cell of the baseline matches '--only mamal-*'"),
      ([baseline, "--margin=-1"], "'--margin -1.0' must be 0 or more"),
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
    #expect(given.code == 0)
  }
}
