import ArgumentParser
import FewShot
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

  private struct Entry: Encodable {
    let name: String
    let summary: String
    let reference: String
    /// Absent where the algorithm cannot do such tasks.
    let classification: [Setting]?
    let regression: [Setting]?
    /// What claims may speak of besides scores.
    let diagnostics: [String]
  }

  func run() throws {
    let entries = AlgorithmRegistry.all.map { algorithm in
      func settings(_ isRegression: Bool) -> [Setting]? {
        guard algorithm.supports(regression: isRegression) else { return nil }
        return algorithm.settings(isRegression: isRegression).map {
          Setting(
            name: $0.name, standard: "\($0.standard)", choices: $0.choices, help: $0.help)
        }
      }
      return Entry(
        name: algorithm.name, summary: algorithm.summary, reference: algorithm.reference,
        classification: settings(false), regression: settings(true),
        diagnostics: algorithm.diagnostics)
    }
    guard !json.isOn else { return Outcome.write(try jsonText(entries)) }
    Outcome.write(entries.map(text).joined(separator: "\n\n"))
  }

  private func text(_ entry: Entry) -> String {
    var lines = ["\(entry.name): \(entry.summary) (\(entry.reference))"]
    for (kind, settings) in [
      ("classification", entry.classification), ("regression", entry.regression),
    ] {
      guard let settings else { continue }
      lines.append("  \(kind)")
      let rows = settings.map { setting in
        let choices = setting.choices.isEmpty ? "" : " (\(setting.choices.joined(separator: ", ")))"
        return ["    \(setting.name)", setting.standard, setting.help + choices]
      }
      lines.append(TextTable(rows: rows).text)
    }
    if !entry.diagnostics.isEmpty {
      lines.append("  records \(entry.diagnostics.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
