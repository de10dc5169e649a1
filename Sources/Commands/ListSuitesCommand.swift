import ArgumentParser
import Foundation
import Suites

/// `metabench list suites`.
struct ListSuitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suites", abstract: "List the suite files of a folder.")

  @Argument(help: "The folder.")
  var folder = "suites"

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let file: String
    var suite: String?
    var version: Int?
    var title: String?
    var cells: Int?
    var error: String?
  }

  func run() throws {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw CommandError(
        "\(folder): is not a folder that can be read. Give the folder of the suites.")
    }
    let entries = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map {
      let path = "\(folder)/\($0)"
      do {
        let suite = try SuiteArgument.load(path)
        return Entry(
          file: path, suite: suite.name, version: suite.version, title: suite.title,
          cells: suite.cells.count)
      } catch {
        return Entry(file: path, error: "\(error)")
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
}
