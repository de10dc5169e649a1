import Foundation
import Results
import TemporaryFolders
import Testing

/// The commands that audit results, on results that were just made.
@Suite(.serialized)
struct AuditTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    try Data(SuiteText.small.utf8).write(to: folder.url.appendingPathComponent("small.yaml"))
    #expect(try program.run("run", "small.yaml").code == 0)
  }

  private var results: ResultsFolder {
    ResultsFolder(url: folder.url.appendingPathComponent("results/small"))
  }

  private var root: String {
    get throws {
      let last = try program.run("digest", "results/small").output.split(separator: "\n").last!
      #expect(last.hasSuffix("  suite of 4 cells"))
      return String(last.prefix(64))
    }
  }

  @Test func verifyPassesOnWhatWasJustMadeAndWhenItIsTrainedAgain() throws {
    let ending = try program.run("verify", "results/small", "--digest", try root, "--retrain")
    #expect(ending.code == 0)
    #expect(ending.output.contains("5 of 200 episodes recomputed, bit for bit equal"))
    #expect(ending.output.contains("4 of 4 cells trained again to the same bits"))
    #expect(ending.output.contains("Suite digest \(try root)"))
    #expect(try program.run("verify", "results/small", "--digest", "00000000").code == 1)
    #expect(try program.run("verify", "results/small", "--json").output.contains("\"isExact\" : true"))
  }

  @Test func verifyFailsOnAFlippedBitAndNamesTheCell() throws {
    let cell = try results.cells().first { $0.hasPrefix("maml") }!
    let file = results.file(for: cell)
    var record = try CellFile.read(file, includingParameters: true)
    let flipped = record.parameters[0].values[0].bitPattern ^ 1 << 29
    record.parameters[0].values[0] = Float(bitPattern: flipped)
    try CellFile.write(record, to: file, replacing: true)
    var ending = try program.run("verify", "small.yaml", "--all")
    #expect(ending.code == 1)
    #expect(ending.output.contains("FAILED \(cell): test episode "))

    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    ending = try program.run("verify", "small.yaml")
    #expect(ending.code == 1)
    #expect(ending.output.contains("FAILED \(cell): ") && ending.output.contains("checksum"))
    #expect(try program.run("status", "small.yaml").output.contains("1 damaged"))
  }

  @Test func explainTellsTheLineOrTheDefaultOfEveryValue() throws {
    let output = try program.run("explain", "small.yaml", "fomaml").output
    func line(_ name: String) -> String? {
      output.split(separator: "\n").first { $0.contains(" \(name) ") }.map(String.init)
    }
    #expect(line("settings.network")?.hasSuffix("small.yaml:11") == true)
    #expect(line("settings.innerRate")?.hasSuffix("default") == true)
    #expect(line("train.iterations")?.hasSuffix("small.yaml:8") == true)
    #expect(line("seed")?.hasSuffix("small.yaml:3") == true)
    #expect(output.contains("11 > tasks/test/gaussians/"))
    #expect(output.contains("equal bits are expected"))
  }

  @Test func showDrawsACell() throws {
    let cell = try results.cells().first { $0.hasPrefix("protonet") }!
    let byFile = try program.run("show", "results/small/\(cell).h5").output
    #expect(byFile == (try program.run("show", "results/small", "protonet").output))
    #expect(byFile.contains("Training loss by iteration") && byFile.contains("█"))
    #expect(byFile.contains("Test accuracy in percent over 200 episodes"))
    #expect(!byFile.contains("\u{1B}"))
    #expect(
      try program.run("show", "results/small", "protonet", "--json").output.contains("\"steps\""))
  }
}
