import Foundation
import Suites
import TemporaryFolders
import Testing

/// `metabench table` on committed results.
struct TableTests {
  private static let root = CommittedResults.folder.deletingLastPathComponent().deletingLastPathComponent()

  private func made(_ rows: String, columns: String = "[{ heading: five ways, where: { way: 5, shot: 1 } }]")
    throws -> (code: Int32, output: String, errors: String, folder: TemporaryFolder)
  {
    let folder = try TemporaryFolder()
    let text = "table: small\nparts:\n  - title: Part\n    columns: \(columns)\n    rows: \(rows)\n"
    try Data(text.utf8).write(to: folder.url.appending(path: "small.yaml"))
    let ending = try Program(folder: folder.url).run([
      "table", "small.yaml", "--results", Self.root.appending(path: "results").path,
    ])
    return (ending.code, ending.output, ending.errors, folder)
  }

  /// The figure of a row is that of the suite's own report, and a suite without results tells so.
  @Test func rowsComeFromTheSuitesThatTrainedThem() throws {
    let table = try made(
      """
      [{ name: Ours, suites: [omniglot-maml-paper, omniglot-smoke], where: { algorithm: maml, network: conv } },
             { name: Open, suites: omniglot-maml-paper, where: { algorithm: maml, network: conv }, note: "takes days" }]
      """)
    #expect(table.code == 0, "\(table.errors)")
    let report = try String(
      contentsOf: Self.root.appending(path: "reports/omniglot-smoke/report.md"), encoding: .utf8)
    let row = try #require(report.split(separator: "\n").first { $0.hasPrefix("| maml ") })
    let figure = row.split(separator: "|")[1].trimmingCharacters(in: .whitespaces)
    #expect(table.output.contains(/\| Ours +\| +/) && table.output.contains(figure), "\(table.output)")
    #expect(table.output.contains(/\| Open +\| +not run/) && table.output.contains("- Open: takes days"))
    #expect(table.output.contains("Ours: `omniglot-smoke`"))
    let written = try String(
      contentsOf: table.folder.url.appending(path: "reports/small/report.md"), encoding: .utf8)
    #expect(table.output.hasPrefix(written))
  }

  @Test(arguments: [
    ("[{ name: r, suites: omniglot-smoke, where: { algorithm: mml } }]", "row 'r' has no cells"),
    ("[{ name: r, suites: omniglot-smoke }]", "Add what sets them apart to 'where'"),
    ("[{ name: r, suites: omniglot-smok }]", "Did you mean 'omniglot-smoke'?"),
  ])
  func whatIsWrongIsTold(_ rows: String, _ words: String) throws {
    let table = try made(rows)
    #expect(table.code == 2 && table.errors.contains(words) && table.errors.contains("small.yaml:"), "\(table.errors)")
  }

  @Test func aMissingFileNamesTheTablesThatThereAre() throws {
    let folder = try TemporaryFolder()
    let ending = try Program(folder: folder.url).run("table", "nothing")
    #expect(ending.code == 2)
    for name in PaperTable.shippedNames { #expect(ending.errors.contains(name)) }
  }
}
