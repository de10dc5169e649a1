import Experiments
import Foundation
import Suites

/// The manual page, from what the argument parser knows of the commands.
struct ManualPage {
  /// A command, as in the parser's dump.
  private struct Command: Decodable {
    let commandName: String
    let superCommands: [String]?
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
    let shouldDisplay: Bool
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  private struct Dump: Decodable {
    let command: Command
  }

  private let root: Command

  /// - Parameter json: The dump of a command with all its subcommands.
  /// - Throws: `DecodingError` if it is something else.
  init(json: String) throws {
    root = try JSONDecoder().decode(Dump.self, from: Data(json.utf8)).command
  }

  /// The page, in the macros of man(7).
  var text: String {
    let title = Self.escaped(root.commandName)
    var lines = [
      ".TH \(title.uppercased()) 1 \"\" \"MetaBench \(Host.version)\" \"User Commands\"",
      ".SH NAME", "\(title) \\- \(Self.escaped(root.abstract ?? ""))",
      ".SH SYNOPSIS", ".B \(title)", ".I command", "[arguments]",
      ".SH DESCRIPTION",
    ]
    lines += Self.paragraphs(root.discussion)
    lines += options(of: root)
    lines.append(".SH COMMANDS")
    lines += leaves(of: root).flatMap(section)
    lines += [".SH SUITES", "These come with the program and are found by their names:"]
    for name in ShippedSuites.names {
      let title = (try? ShippedSuites.suite(named: name))?.title
      lines += [".TP", ".B \(Self.escaped(name))", Self.escaped(title ?? "")]
    }
    lines += [
      ".SH ENVIRONMENT", ".TP", ".B METABENCH_DATA",
      "The data directory where \\-\\-data is not given.",
      ".TP", ".B OPENBLAS_CORETYPE", "The kernels of OpenBLAS, in place of the program's own choice.",
    ]
    return lines.joined(separator: "\n")
  }

  /// The commands that do something, in the order of the help.
  private func leaves(of command: Command) -> [Command] {
    let shown = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    return shown.flatMap { ($0.subcommands ?? []).isEmpty ? [$0] : leaves(of: $0) }
  }

  private func section(_ command: Command) -> [String] {
    let words = ((command.superCommands ?? []).dropFirst() + [command.commandName])
    let operands = (command.arguments ?? []).filter { $0.kind == "positional" && $0.shouldDisplay }
      .map { operand in
        let name = "<\(operand.valueName ?? "")>" + (operand.isRepeating ? " ..." : "")
        return operand.isOptional ? "[\(name)]" : name
      }
    return [".SS " + Self.escaped((words + operands).joined(separator: " "))]
      + Self.paragraphs(command.abstract) + Self.paragraphs(command.discussion)
      + options(of: command)
  }

  private func options(of command: Command) -> [String] {
    (command.arguments ?? []).filter { $0.shouldDisplay && $0.preferredName?.name != "help" }
      .flatMap { argument -> [String] in
        let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
        let value = argument.valueName.map { "<\($0)>" } ?? ""
        let head =
          switch argument.kind {
          case "positional": value
          case "flag": names.joined(separator: ", ")
          default: names.joined(separator: ", ") + " " + value
          }
        let text = (argument.abstract ?? "")
          + (argument.defaultValue.map { " (default: \($0))" } ?? "")
        return [".TP", ".B \(Self.escaped(head))", Self.escaped(text)]
      }
  }

  /// Paragraphs, of which those that are indented are kept line by line.
  private static func paragraphs(_ text: String?) -> [String] {
    (text ?? "").components(separatedBy: "\n\n").filter { !$0.isEmpty }.flatMap { paragraph in
      let lines = paragraph.split(separator: "\n").map { escaped(String($0)) }
      return paragraph.hasPrefix("  ") ? [".PP", ".nf"] + lines + [".fi"] : [".PP"] + lines
    }
  }

  /// Text that is no markup: no escapes, no macros, and hyphens that can be copied.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
