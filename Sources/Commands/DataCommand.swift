import ArgumentParser

/// `metabench data`: what datasets are made of.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Import, fetch and list datasets.",
    subcommands: [DataImportCommand.self, DataFetchCommand.self, DataListCommand.self])
}
