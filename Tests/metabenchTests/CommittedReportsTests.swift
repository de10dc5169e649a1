import Foundation
import Results
import Suites
import TemporaryFolders
import Testing

/// Everything that is committed under `results/` and `reports/`, against the program as it is now.
struct CommittedReportsTests {
  private static let root = CommittedResults.folder.deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The suites whose results are committed. The quickstart's are made by `make run`.
  static let names = ((try? FileManager.default.contentsOfDirectory(
    atPath: root.appending(path: "results").path)) ?? []).filter { $0 != "quickstart" }.sorted()

  private func results(_ name: String) -> URL { Self.root.appending(path: "results/\(name)") }

  @Test func thereAreSome() { #expect(Self.names.count >= 10) }

  /// Identities are the suite's: nothing in a folder is left over from an older one.
  @Test(arguments: names)
  func resultsAreOfTheShippedSuite(_ name: String) throws {
    let shipped = try String(contentsOf: Self.root.appending(path: "suites/\(name).yaml"), encoding: .utf8)
    #expect(try String(contentsOf: results(name).appending(path: "suite.yaml"), encoding: .utf8) == shipped)
    let cells = try Suite(yaml: shipped, file: "\(name).yaml", catalog: .standard).cells
    let configurations = Dictionary(uniqueKeysWithValues: cells.map { ($0.id, $0.configuration) })
    for record in try ResultsFolder(url: results(name)).records() {
      #expect(record.configuration == configurations[record.cell], "\(record.cell)")
    }
  }

  @Test(arguments: names)
  func reportsComeOutByteForByte(_ name: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program(folder: folder.url).run(["report", results(name).path, "--out", "report"])
    #expect(ending.code == 0, "\(ending.errors)")
    let made = try files(folder.url.appending(path: "report"))
    let committed = try files(Self.root.appending(path: "reports/\(name)"))
    #expect(made.keys.sorted() == committed.keys.sorted())
    for path in made.keys.sorted() { #expect(made[path] == committed[path], "\(name)/\(path)") }
  }

  /// So do papers' tables, from the results of several suites.
  @Test(arguments: PaperTable.shippedNames)
  func tablesComeOutByteForByte(_ name: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program(folder: folder.url).run([
      "table", name, "--results", Self.root.appending(path: "results").path, "--out", "report",
    ])
    #expect(ending.code == 0, "\(ending.errors)")
    let made = try files(folder.url.appending(path: "report"))
    let committed = try files(Self.root.appending(path: "reports/\(name)"))
    #expect(made.keys.sorted() == committed.keys.sorted())
    for path in made.keys.sorted() { #expect(made[path] == committed[path], "\(name)/\(path)") }
  }

  /// The files below a folder by their paths, hidden ones left out.
  private func files(_ folder: URL) throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
    var files: [String: Data] = [:]
    for path in paths {
      var isFolder: ObjCBool = false
      let url = folder.appending(path: path)
      if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }
}
