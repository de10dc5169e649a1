import ArgumentParser
import Episodes
import Foundation

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
      throw CommandError("'\(dataset)' is generated and needs no import: use it in a suite.")
    }
    let bar = DataProgress()
    let summary = try bar.during {
      try OmniglotImporter.run(
        archives: files.map { URL(fileURLWithPath: $0) }, into: data.folder
      ) { bar.show("importing \(dataset)", $0) }
    }
    Outcome.write(summary.text)
  }
}

extension ImportSummary {
  /// What was imported, and where it is.
  var text: String {
    "Imported \(dataset): \(counted(classes, "class", "classes")) with \(examples) examples, "
      + "SHA-256 \(digest.prefix(12)): \(file.path)"
  }
}
