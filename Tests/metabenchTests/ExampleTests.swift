import Foundation
import Results
import TemporaryFolders
import Testing

/// The example package of Documentation/Algorithms.md: systems that were added from outside.
struct ExampleTests {
  private static let example = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Documentation/Example")

  /// A MAML with an inner rule of its own, and a system that is no MAML.
  @Test(arguments: [("saturated", "saturated-maml"), ("distance", "learned-distance")])
  func aSystemOfAnotherPackageHasTheWholeCommandLine(_ name: String, _ system: String) throws {
    let folder = try TemporaryFolder()
    var program = Program(folder: folder.url)
    program.name = name
    let suite = try String(
      contentsOf: Self.example.appendingPathComponent("\(name).yaml"), encoding: .utf8
    ).replacing(/iterations: \d+/, with: "iterations: 40").replacing("filters: 16", with: "filters: 4")
    try Data(suite.utf8).write(to: folder.url.appendingPathComponent("\(name).yaml"))

    #expect(try program.run("list", "algorithms").output.contains(system))
    let run = try program.run("run", "\(name).yaml")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    let verified = try program.run("verify", "results/\(name)")
    #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    let report = try program.run("report", "results/\(name)", "--tables")
    #expect(report.output.contains("| \(system) "), "\(report.output)\(report.errors)")
  }

  /// What Documentation/Algorithms.md shows of the example is what stands there, word for word.
  @Test func theDocumentationShowsTheExamplesCode() throws {
    let sources = try ["distance/LearnedDistance.swift", "distance/main.swift", "saturated/main.swift"].map {
      try String(contentsOf: Self.example.appendingPathComponent("Sources/\($0)"), encoding: .utf8)
    }
    let text = try String(
      contentsOf: Self.example.deletingLastPathComponent().appendingPathComponent("Algorithms.md"),
      encoding: .utf8)
    let blocks = text.matches(of: /```swift\n([\s\S]*?)```/).map { String($0.output.1) }
    #expect(blocks.count > 8)
    for block in blocks {
      #expect(sources.contains { $0.contains(block.trimmingCharacters(in: .newlines)) }, "\(block)")
    }
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
