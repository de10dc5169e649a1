import ArgumentParser
import Episodes

/// `metabench list splits`.
struct ListSplitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "splits", abstract: "List the named splits of the datasets with their digests.")

  @OptionGroup var json: JSONOption

  private struct Entry: Encodable {
    let dataset: String
    let split: String
    let summary: String
    /// Absent for regression.
    let train: Int?
    let validation: Int?
    let test: Int?
    /// Absent where there is no limit.
    let examplesPerClass: Int?
    let digest: String
  }

  func run() throws {
    let entries = Datasets.all.flatMap { dataset in
      dataset.splits.map { split in
        Entry(
          dataset: dataset.name, split: split.name, summary: split.summary,
          train: split.classes[.train], validation: split.classes[.validation],
          test: split.classes[.test],
          examplesPerClass: split.examplesPerClass == .max ? nil : split.examplesPerClass,
          digest: split.digest)
      }
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(
      TextTable(
        rows: [["dataset", "split", "classes", "digest", ""]]
          + entries.map { entry in
            let classes = [entry.train, entry.validation, entry.test].compactMap { $0 }
            return [
              entry.dataset, entry.split, classes.map(String.init).joined(separator: "/"),
              String(entry.digest.prefix(12)), entry.summary,
            ]
          }
      ).text)
  }
}
