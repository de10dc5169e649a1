import Foundation
import TemporaryFolders
import Testing

/// The program where there is neither a clone nor a suite file: only itself.
@Suite struct InstalledProgramTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  @Test func suitesAreFoundByName() throws {
    let list = try program.run("list", "suites")
    #expect(list.code == 0 && list.output.contains("\nquickstart"), "\(list)")
    let plan = try program.run("plan", "quickstart", "--no-timing")
    #expect(plan.output.hasSuffix("11 open. Results: results/quickstart\n"), "\(plan)")
    let valid = try program.run("validate", "sine", "quickstart")
    #expect(valid.output.hasPrefix("sine: valid: suite sine, version "), "\(valid)")
    let explanation = try program.run("explain", "quickstart", "protonet")
    #expect(explanation.output.contains("quickstart:"), "\(explanation)")
    let status = try program.run("status", "quickstart")
    #expect(status.code == 0 && status.output.contains("11 open"), "\(status)")
  }

  @Test func aFileWinsOverAName() throws {
    try Data(SuiteText.small.utf8).write(to: folder.url.appendingPathComponent("quickstart"))
    let valid = try program.run("validate", "quickstart")
    #expect(valid.output == "quickstart: valid: suite small, version 1, 4 cells\n", "\(valid)")
  }

  @Test func aFolderIsNoSuiteAndHidesNone() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("sine"), withIntermediateDirectories: true)
    #expect(try program.run("validate", "sine").code == 0)
    let status = try program.run("status", "sine")
    #expect(status.code == 0 && status.output.hasSuffix("Results: results/sine\n"), "\(status)")
  }

  @Test func whatIsMissingIsToldWithTheNearestName() throws {
    for path in ["suites/quickstart.yaml", "quikstart"] {
      let missing = try program.run("run", path)
      #expect(missing.code == 2 && missing.errors.contains("Did you mean the suite 'quickstart'"))
    }
  }

  /// A copy must not ask the clone that it was built in for its commit: that may be another by now.
  @Test func aCopyKnowsTheCommitThatItWasInstalledWith() throws {
    let prefix = folder.url.appendingPathComponent("prefix")
    let note = prefix.appendingPathComponent("share/metabench/commit")
    var installed = program
    installed.copy = prefix.appendingPathComponent("bin/metabench")
    for file in [installed.copy!, note] {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    // By a process of its own: a file that this one has open for writing, and a child of another test inherits,
    // cannot be executed.
    #expect(try program.shell(#"cp "$PROGRAM" prefix/bin/metabench"#).code == 0)
    let question = ["explain", "quickstart", "protonet"]
    #expect(try installed.run(question).output.contains(#/commit +unknown/#))
    try Data("0123abc\n".utf8).write(to: note)
    #expect(try installed.run(question).output.contains(#/commit +0123abc\n/#))
  }

  @Test func reportsAreTheSameWhateverThreadsTheEnvironmentAsksFor() throws {
    let suite = SuiteText.small.replacing("validateEvery: 100", with: "validateEvery: 20").replacing(
      "report:\n", with: "report:\n  curves: [ { y: validation/loss, x: iteration, polynomial: 6 } ]\n")
    try Data(suite.utf8).write(to: folder.url.appendingPathComponent("small.yaml"))
    #expect(try program.run("run", "small.yaml", "--only", "maml-*").code == 0)
    for threads in ["1", "4"] {
      var one = program
      one.environment = ["OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads]
      let report = try one.run("report", "small.yaml", "--out", "report-\(threads)")
      #expect(report.code == 0, "\(report)")
    }
    let figures = folder.url.appendingPathComponent("report-1/figures")
    let names = try FileManager.default.contentsOfDirectory(atPath: figures.path)
    let curve = try #require(names.first { $0.hasPrefix("1-validation") && $0.hasSuffix(".csv") })
    func text(_ threads: Int) throws -> String {
      try String(
        contentsOf: folder.url.appendingPathComponent("report-\(threads)/figures/\(curve)"),
        encoding: .utf8)
    }
    #expect(try text(1).contains(",fit,"))
    #expect(try text(4) == text(1))
  }
}
