import ArgumentParser
import Episodes
import Foundation

/// `metabench data list`.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the datasets and what the data directory holds of them.")

  @OptionGroup var data: DataOptions

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let dataset: String
    /// `generated`, `imported` or `not imported`.
    let status: String
    let file: String?
    let bytes: Int?
  }

  func run() throws {
    let folder = data.folder
    let entries = Datasets.all.map { dataset in
      guard let file = Datasets.file(of: dataset.name, in: folder) else {
        return Entry(dataset: dataset.name, status: "generated", file: nil, bytes: nil)
      }
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      return Entry(
        dataset: dataset.name, status: attributes == nil ? "not imported" : "imported",
        file: file.path, bytes: attributes?[.size] as? Int)
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(
      TextTable(
        rows: entries.map { entry in
          let size = entry.bytes.map { String(format: " (%.1f MB)", Double($0) / 1e6) } ?? ""
          return [entry.dataset, entry.status, (entry.file ?? "") + size]
        }
      ).text)
  }
}
