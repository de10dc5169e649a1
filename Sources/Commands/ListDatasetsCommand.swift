import ArgumentParser
import Episodes

/// `metabench list datasets`.
struct ListDatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "List the datasets.",
    discussion: "'metabench data list' says which are imported.")

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let name: String
    let summary: String
    /// What it gives: episodes, images.
    let provides: [String]
    let isRegression: Bool
    let needsImport: Bool
    let splits: [String]
  }

  func run() throws {
    let entries = Datasets.all.map { dataset in
      Entry(
        name: dataset.name, summary: dataset.summary,
        provides: dataset.provides.map(\.rawValue).sorted(), isRegression: dataset.isRegression,
        needsImport: dataset.needsImport,
        splits: dataset.splits.map(\.name))
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(
      TextTable(
        rows: entries.map {
          [
            $0.name, $0.needsImport ? "imported" : "generated", $0.provides.joined(separator: ", "),
            $0.summary,
          ]
        }
      ).text)
  }
}
