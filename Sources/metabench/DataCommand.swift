import ArgumentParser
import Episodes
import Foundation

/// `metabench data`: what datasets are made of.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Import, fetch and list datasets.",
    subcommands: [DataImportCommand.self])
}

/// `metabench data import`.
struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Check a dataset's archives and pack them into the data directory.",
    discussion: """
      The content is checked, not the packing: official archives and repacked ones give the same \
      file. An import that fails leaves an earlier one as it was.

        metabench data import omniglot images_background.zip images_evaluation.zip
      """)

  @Argument(help: "The dataset: omniglot.")
  var dataset: String

  @Argument(help: "Its archives, or the folder that holds them or what they unpack to.")
  var files: [String] = []

  @OptionGroup var data: DataOptions

  func run() throws {
    guard let description = Datasets.named(dataset) else {
      throw EpisodesError.unknownDataset(dataset, known: Datasets.all.map(\.name))
    }
    guard description.needsImport else {
      throw ValidationError("'\(dataset)' is generated and needs no import: use it in a suite.")
    }
    let summary = try OmniglotImporter.run(
      archives: files.map { URL(fileURLWithPath: $0) }, into: data.folder)
    Outcome.write(
      "Imported \(summary.dataset): \(summary.classes) classes, \(summary.examples) examples, "
        + "into \(summary.file.path)\nContent SHA-256 \(summary.digest)")
  }
}
