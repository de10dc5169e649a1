import ArgumentParser
import Foundation
import Suites

/// The command line: parse, call, print.
struct MetaBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metabench",
    abstract: "A reproducible benchmark suite for meta-learning.",
    discussion: """
      A suite file lists cells: algorithm x dataset x way x shot x repeat. 'run' trains and tests \
      each and stores every episode's outcome in HDF5; 'report' turns the results into tables and \
      curves.

        metabench run quickstart
        metabench report results/quickstart

      Exit codes: 0 done; 1 a check failed; 2 wrong usage or input; 3 the run was incomplete. 'gate' \
      has some of its own.
      """,
    subcommands: [
      ValidateCommand.self, PlanCommand.self, DataCommand.self, RunCommand.self, RetestCommand.self,
      StatusCommand.self, ShowCommand.self, ReportCommand.self, TableCommand.self, ClaimsCommand.self, CompareCommand.self,
      GateCommand.self, VerifyCommand.self, ExplainCommand.self, DigestCommand.self,
      ListCommand.self, ManualCommand.self,
    ])

  @Flag(help: "Print the program's version, compiler and matrix kernels, and the CPU.")
  var version = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    Outcome.write(VersionText.text())
  }

  /// Parses and runs; the exit codes are those of ``Outcome``.
  static func main() {
    // A closed pipe is an error of `write`, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    checkCommand(CommandLine.arguments.dropFirst().first)
    do {
      try Descriptors.raise()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Outcome.exit(with: error)
    }
    if StandardOutput.failure() != nil { Outcome.exit(Outcome.done) }
  }

  /// Ends with an error where the parser would only call a misspelt command unexpected.
  private static func checkCommand(_ word: String?) {
    guard let word, !word.hasPrefix("-"), word != "help" else { return }
    let commands = configuration.subcommands.map { $0.configuration }
    guard !commands.contains(where: { $0.commandName == word }) else { return }
    let names = commands.filter(\.shouldDisplay).compactMap(\.commandName)
    let hint = CommandError.hint(word, among: names, otherwise: "Choose one of \(names.joined(separator: ", ")).")
    Outcome.exit(with: CommandError("there is no command '\(word)'. \(hint)"))
  }
}
