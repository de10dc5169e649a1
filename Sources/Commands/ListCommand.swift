import ArgumentParser

/// `metabench list`: what suites may name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List algorithms, datasets, splits or suites.",
    subcommands: [
      ListAlgorithmsCommand.self, ListDatasetsCommand.self, ListSplitsCommand.self,
      ListSuitesCommand.self,
    ])
}
