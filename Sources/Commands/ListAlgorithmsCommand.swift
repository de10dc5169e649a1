import ArgumentParser
import Registry
import Kinds

/// `metabench list algorithms`.
struct ListAlgorithmsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "algorithms", abstract: "List the algorithms, or the settings and defaults of some.",
    discussion: """
      metabench list algorithms
        metabench list algorithms maml protonet
      """)

  @Argument(help: "Algorithms whose settings are shown.")
  var names: [String] = []

  @OptionGroup var json: JSONOption

  private struct Setting: Encodable {
    let name: String
    let standard: String
    let choices: [String]
    /// The smallest and the largest number; absent for others.
    let range: [Double]?
    let help: String

    init(_ description: SettingDescription) {
      name = description.name
      standard = "\(description.standard)"
      choices = description.choices
      range =
        switch description.standard {
        case .integer, .number: [description.minimum, description.maximum]
        case .flag, .text: nil
        }
      help = description.help
    }
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
            Group(heading: heading, settings: settings.map(Setting.init))
          }, records: system.records)
      }
    }
    let known = entries.map(\.name)
    for name in names where !known.contains(name) {
      throw CommandError(
        "there is no algorithm '\(name)'. "
          + CommandError.hint(name, among: known, otherwise: "'metabench list algorithms' has all."))
    }
    let wanted = names.isEmpty ? entries : entries.filter { names.contains($0.name) }
    guard !json.isOn else { return Outcome.write(try jsonText(wanted)) }
    let sections = KindRegistry.all.map(\.description).compactMap { kind in
      let own = wanted.filter { $0.kind == kind.name }
      return own.isEmpty ? nil : section(kind, own)
    }
    Outcome.write(sections.joined(separator: "\n\n"))
    if names.isEmpty { Outcome.write("\nSettings: metabench list algorithms \(known[0])") }
  }

  private func section(_ kind: KindDescription, _ entries: [Entry]) -> String {
    let heading = "Kind \(kind.name): \(kind.summary)"
    guard names.isEmpty else { return ([heading] + entries.map(text)).joined(separator: "\n\n") }
    return heading + "\n" + TextTable(rows: entries.map { ["  \($0.name)", $0.summary] }).text
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
