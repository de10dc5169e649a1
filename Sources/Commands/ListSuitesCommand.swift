import ArgumentParser
import Foundation
import Suites

/// `metabench list suites`.
struct ListSuitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suites",
    abstract: "List the suites that come with the program, or the suite files of a folder.")

  @Argument(
    help: "A folder of suite files (default: the suites that come with the program).",
    completion: .directory)
  var folder: String?

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    /// What commands know the suite by: a path, or its name.
    let file: String
    var suite: String?
    var version: Int?
    var title: String?
    var cells: Int?
    var error: String?

    init(_ file: String, _ load: () throws -> Suite) {
      self.file = file
      do {
        let suite = try load()
        self.suite = suite.name
        version = suite.version
        title = suite.title
        cells = suite.cells.count
      } catch {
        self.error = "\(error)"
      }
    }
  }

  func run() throws {
    let entries = try (folder.map(files) ?? ShippedSuites.names).map { path in
      // A file beside the program's own suites does not hide them here.
      Entry(path) {
        try folder == nil ? ShippedSuites.suite(named: path)! : SuiteArgument.load(path)
      }
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(
      TextTable(
        rows: entries.map { entry in
          entry.error.map { [entry.file, "not valid: \($0)"] }
            ?? [entry.file, counted(entry.cells!, "cell"), entry.title!]
        }
      ).text)
  }

  private func files(of folder: String) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw CommandError(
        "\(folder): is not a folder that can be read. Give the folder of the suites.")
    }
    return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}
