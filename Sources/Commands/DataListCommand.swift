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
    /// `generated`, `imported`, `not imported`, or `unusable`.
    let status: String
    let file: String?
    let bytes: Int?
    /// What an import holds that need not be complete, or why it cannot be used.
    let content: String?
  }

  func run() throws {
    let folder = data.folder
    let entries = Datasets.all.map { dataset in
      guard let file = Datasets.file(of: dataset.name, in: folder) else {
        return Entry(
          dataset: dataset.name, status: "generated", file: nil, bytes: nil, content: nil)
      }
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      var status = attributes == nil ? "not imported" : "imported"
      var content = ""
      if attributes != nil, let importing = Datasets.importing(dataset.name) {
        do {
          content = try importing.content(folder)
        } catch {
          status = "unusable"
          content = "\(error)"
        }
      }
      return Entry(
        dataset: dataset.name, status: status, file: file.path, bytes: attributes?[.size] as? Int,
        content: content.isEmpty ? nil : content)
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(
      TextTable(
        rows: entries.map { entry in
          let size = entry.bytes.map { String(format: " (%.1f MB)", Double($0) / 1e6) } ?? ""
          let content = entry.content.map { "; \($0)" } ?? ""
          return [entry.dataset, entry.status, (entry.file ?? "") + size + content]
        }
      ).text)
  }
}
