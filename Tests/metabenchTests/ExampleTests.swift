import Foundation
import Results
import TemporaryFolders
import Testing

/// The example package of Documentation/Algorithms.md: a system that was added from outside.
struct ExampleTests {
  private static let example = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Documentation/Example")

  @Test func aSystemOfAnotherPackageHasTheWholeCommandLine() throws {
    let folder = try TemporaryFolder()
    var program = Program(folder: folder.url)
    program.name = "saturated"
    let suite = try String(
      contentsOf: Self.example.appendingPathComponent("saturated.yaml"), encoding: .utf8
    ).replacing("iterations: 2000", with: "iterations: 40")
    try Data(suite.utf8).write(to: folder.url.appendingPathComponent("saturated.yaml"))

    #expect(try program.run("list", "algorithms").output.contains("saturated-maml"))
    #expect(try program.run("run", "saturated.yaml").code == 0)
    let verified = try program.run("verify", "results/saturated")
    #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    let report = try program.run("report", "results/saturated", "--tables")
    #expect(report.output.contains("| saturated-maml |"), "\(report.output)\(report.errors)")
  }

  @Test func theProgramItselfDoesNotKnowThatSystem() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    let ending = try program.run(
      "validate", Self.example.appendingPathComponent("saturated.yaml").path)
    #expect(ending.code == 2)
    #expect(ending.errors.contains("saturated-maml"))
  }
}
