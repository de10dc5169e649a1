import ArgumentParser
import Registry
import Kinds

/// `metabench list algorithms`.
struct ListAlgorithmsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "algorithms", abstract: "List the algorithms with their settings and defaults.")

  @OptionGroup var json: JSONOption

  private struct Setting: Encodable {
    let name: String
    let standard: String
    let choices: [String]
    let help: String
  }

  private struct Group: Encodable {
    /// `classification`, `regression`; empty where settings are the same on every dataset.
    let heading: String
    let settings: [Setting]
  }

  private struct Entry: Encodable {
    let name: String
    let kind: String
    let summary: String
    let reference: String
    let settings: [Group]
    /// What claims may speak of besides scores.
    let records: [String]
  }

  func run() throws {
    let entries = KindRegistry.all.flatMap { kind in
      kind.systems.map { system in
        Entry(
          name: system.name, kind: system.kind, summary: system.summary, reference: system.reference,
          settings: system.allSettings.map { heading, settings in
            Group(
              heading: heading,
              settings: settings.map {
                Setting(name: $0.name, standard: "\($0.standard)", choices: $0.choices, help: $0.help)
              })
          }, records: system.records)
      }
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    let kinds = KindRegistry.all.map(\.description)
    Outcome.write(
      kinds.map { kind in
        let own = entries.filter { $0.kind == kind.name }
        return (["Kind \(kind.name): \(kind.summary)"] + own.map(text)).joined(separator: "\n\n")
      }.joined(separator: "\n\n"))
  }

  private func text(_ entry: Entry) -> String {
    var lines = ["\(entry.name): \(entry.summary) (\(entry.reference))"]
    for group in entry.settings {
      if !group.heading.isEmpty { lines.append("  \(group.heading)") }
      let rows = group.settings.map { setting in
        let choices = setting.choices.isEmpty ? "" : " (\(setting.choices.joined(separator: ", ")))"
        return ["    \(setting.name)", setting.standard, setting.help + choices]
      }
      if !rows.isEmpty { lines.append(TextTable(rows: rows).text) }
    }
    if !entry.records.isEmpty {
      lines.append("  records \(entry.records.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
