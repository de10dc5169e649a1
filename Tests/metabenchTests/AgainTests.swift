import Foundation
import Results
import TemporaryFolders
import Testing

/// Running again what has a result, and what a suite that changed leaves over; and paths through links.
@Suite(.serialized)
struct AgainTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    try write(Self.suite)
  }

  static let suite = """
    suite: tiny
    version: 1
    seed: 7
    grid: { algorithm: [maml, protonet], dataset: gaussians, way: 3, shot: 1 }
    protocol:
      train: { iterations: 20, metaBatch: 4, query: 5 }
      test: { episodes: 300, query: 5 }
    settings: { maml: { network: no-conv }, protonet: { network: no-conv, trainWay: 5 } }
    gate: { margin: 0.05 }

    """

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: folder.url.appendingPathComponent("tiny.yaml"))
  }

  private func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(
      at: folder.url.appendingPathComponent(name), to: folder.url.appendingPathComponent(other))
  }

  /// Has the first result in a folder tell something else of its origin.
  private func alter(_ name: String, _ change: (inout Provenance) -> Void) throws {
    let results = ResultsFolder(url: folder.url.appendingPathComponent(name))
    let file = results.file(for: try results.cells()[0])
    var record = try CellFile.read(file, includingParameters: true)
    var provenance = try #require(Provenance(json: record.provenance))
    change(&provenance)
    record.provenance = provenance.json
    try CellFile.write(record, to: file, replacing: true)
  }

  @Test func onlyARunThatComputesAnewCanPassTheGate() throws {
    #expect(try program.run("run", "tiny.yaml").code == 0)
    try copy("results/tiny", to: "baseline")
    // The documented example: nothing is pending, so the results are the baseline's own.
    #expect(try program.run("run", "tiny.yaml").code == 0)
    let idle = try program.run("gate", "--baseline", "baseline", "results/tiny")
    #expect(idle.code == 3 && idle.output.contains("Nothing was computed anew"))
    // They were made by this program, on this machine.
    let stale = try program.run("run", "tiny.yaml", "--again", "stale")
    #expect(stale.code == 0 && !stale.output.contains("made otherwise"))
    #expect(try program.run("gate", "--baseline", "baseline", "results/tiny").code == 3)

    #expect(try program.run("run", "tiny.yaml", "--again", "all").code == 0)
    let anew = try program.run("gate", "--baseline", "baseline", "results/tiny")
    #expect(anew.code == 0, "\(anew.output)\(anew.errors)")
    #expect(anew.output.contains("the same numbers as the baseline."))
    #expect(try program.run("run", "tiny.yaml", "--again", "some").code == 2)
  }

  @Test func whatAnotherProgramMadeIsCountedAndOfferedForAnotherRun() throws {
    #expect(try program.run("run", "tiny.yaml").code == 0)
    try alter("results/tiny") { provenance in
      provenance.program = "another"
      provenance.cpuFlags = []
    }
    let words =
      "1 of 2 results was made otherwise than here and now: 1 by another program, 1 on another type of "
      + "CPU. To make it anew: metabench run tiny.yaml --again stale"
    for command in [["run", "tiny.yaml"], ["status", "tiny.yaml"]] {
      let ending = try program.run(command)
      #expect(ending.code == 0 && ending.output.contains(words), "\(ending.output)")
    }
    let gate = try program.run("gate", "--baseline", "results/tiny", "results/tiny")
    #expect(gate.output.contains("1 of 2 judged results was made otherwise"))
    #expect(try program.run("run", "tiny.yaml", "--again", "stale").code == 0)
    #expect(try !program.run("status", "tiny.yaml").output.contains("made otherwise"))
  }

  @Test func otherDataAreCountedAlthoughNothingIsLeftToBeRun() throws {
    let run = ["run", "tiny.yaml", "--results", "my results", "--data", "data"]
    #expect(try program.run(run).code == 0)
    try alter("my results") { $0.data = $0.data.mapValues { _ in "another" } }
    let ending = try program.run(run)
    let words = "1 of 2 results was made otherwise than here and now: 1 with other data. To make it anew: "
    let again = "metabench run tiny.yaml --results 'my results' --data data --again stale"
    #expect(ending.code == 0 && ending.output.contains(words + again + "\n"), "\(ending.output)")
    // `status` opens no data; the command that it tells can be typed, too.
    try alter("my results") { $0.program = "another" }
    let status = try program.run("status", "my results")
    #expect(
      status.output.contains("anew: metabench run SUITE --results 'my results' --again stale\n"),
      "\(status.output)")
    let anew = try program.shell("${PROGRAM}\(again.dropFirst("metabench".count))")
    #expect(anew.code == 0 && !anew.output.contains("made otherwise"), "\(anew)")
  }

  @Test func aDigestIsOfWhatCountsOrOfNothing() throws {
    #expect(try program.run("run", "tiny.yaml").code == 0)
    let whole = try program.run("digest", "results/tiny")
    #expect(whole.code == 0 && whole.errors.isEmpty)
    let suite = folder.url.appendingPathComponent("results/tiny/suite.yaml")
    try Data(Self.suite.replacing("seed: 7", with: "seed: 8").utf8).write(to: suite)
    let none = try program.run("digest", "results/tiny")
    #expect(none.code == 2 && none.output.isEmpty)
    #expect(none.errors.contains("2 results in results/tiny do not count"), "\(none.errors)")
    #expect(none.errors.contains("There are no others."), "\(none.errors)")
    try Data("suite: [".utf8).write(to: suite)
    let all = try program.run("digest", "results/tiny")
    #expect(all.code == 0 && all.output == whole.output)
    #expect(all.errors.contains("Note: results/tiny keeps no suite that this program can read"))
  }

  @Test func whatASuiteThatChangedLeavesOverIsSaidAndNotCounted() throws {
    #expect(try program.run("run", "tiny.yaml").code == 0)
    try write(Self.suite.replacing("seed: 7", with: "seed: 8"))
    let ending = try program.run("run", "tiny.yaml")
    #expect(ending.output.contains("2 results in results/tiny do not count"))
    #expect(try program.run("run", "tiny.yaml", "--results", "fresh").code == 0)
    func root(_ name: String) throws -> Substring? {
      try program.run("digest", name).output.split(separator: "\n").last
    }
    #expect(try root("results/tiny") == root("fresh"))
    // A suite that lost a cell decides, too, although nothing is left to be run.
    try write(
      Self.suite.replacing("seed: 7", with: "seed: 8").replacing("[maml, protonet]", with: "maml")
        .replacing(", protonet: { network: no-conv, trainWay: 5 }", with: ""))
    #expect(try program.run("run", "tiny.yaml").code == 0)
    #expect(try program.run("status", "results/tiny").output.contains("1 cell, 1 done"))
  }

  @Test func aPathThroughALinkMeansWhatItMeansToTheKernel() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("far/deep"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("link").path, withDestinationPath: "far/deep")
    try copy("tiny.yaml", to: "far/there.yaml")
    let suite = "link/../there.yaml"
    #expect(try program.run("run", suite, "--results", "link/../out").code == 0)
    let far = folder.url.appendingPathComponent("far")
    #expect(FileManager.default.fileExists(atPath: far.appendingPathComponent("out/suite.yaml").path))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!names.contains("out"))
    let cell = try ResultsFolder(url: far.appendingPathComponent("out")).cells()[0]
    for arguments in [
      ["validate", suite], ["plan", suite, "--results", "link/../out", "--no-timing"],
      ["status", "link/../out"], ["status", suite, "--results", "link/../out"],
      ["report", "link/../out", "--out", "link/../report"], ["digest", "link/../out"],
      ["digest", "link/../out/\(cell).h5"], ["show", "link/../out/\(cell).h5"],
      ["show", "link/../out", cell], ["explain", "link/../out", cell], ["verify", "link/../out"],
      ["compare", "link/../out", "far/out"], ["list", "suites", "link/.."],
    ] {
      let ending = try program.run(arguments)
      #expect(ending.code == 0, "\(arguments): \(ending.output)\(ending.errors)")
    }
    #expect(FileManager.default.fileExists(atPath: far.appendingPathComponent("report/report.md").path))
    let gate = try program.run(
      "gate", "--baseline", "far/out", "link/../out", "--junit", "link/../gate.xml")
    #expect(gate.code == 3)
    #expect(FileManager.default.fileExists(atPath: far.appendingPathComponent("gate.xml").path))
    // Without a link it is a matter of text, also where there is no such folder.
    #expect(try program.run("status", "nowhere/../far/./out").code == 0)
  }
}
