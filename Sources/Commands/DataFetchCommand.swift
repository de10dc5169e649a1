import ArgumentParser
import Episodes
import Foundation

/// `metabench data fetch`.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a dataset's official archives and import them.",
    discussion: """
      Without a network, it says which files to bring and how to import them. mini-imagenet has no \
      official download: its images are ImageNet's, which may not be passed on.
      """)

  @Argument(
    help: "The dataset: omniglot, cifar-fs, fc100 or mnist.",
    completion: .list(["omniglot", "cifar-fs", "fc100", "mnist"]))
  var dataset: String

  @OptionGroup var data: DataOptions

  @OptionGroup var threads: ThreadsOption

  func run() throws {
    guard Datasets.named(dataset) != nil else {
      throw EpisodesError.unknownDataset(dataset, known: Datasets.all.map(\.name))
    }
    threads.start()
    let bar = DataProgress()
    let summary = try bar.during {
      try DataFetcher.fetch(dataset, into: data.folder) { bar.show($0, $1) }
    }
    Outcome.write(summary.text)
  }
}
