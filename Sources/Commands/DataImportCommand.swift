import ArgumentParser
import Episodes
import Foundation
import Storage

/// `metabench data import`.
struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Check a dataset's archives and pack them into the data directory.",
    discussion: """
      The content is checked, not the packing: official archives and repacked ones give the same \
      file. An import replaces an earlier one, and does not add to it: give all archives in one \
      command. One that has fewer examples of some class needs '--replace'. An import that fails leaves \
      an earlier one as it was. What is left out, or strange, is said.

        metabench data import omniglot images_background.zip images_evaluation.zip
        metabench data import mini-imagenet train.tar.xz val.tar.xz test.tar.xz
        metabench data import cifar-fs cifar-100-binary.tar.gz
        metabench data import mnist train-*.gz t10k-*.gz

      mini-imagenet: any archives or folders with class/image.jpg (classes as n01532829), a folder of \
      images with the lists train.csv, val.csv and test.csv of Ravi and Larochelle beside them, or the \
      pickles mini-imagenet-cache-train.pkl, -val.pkl and -test.pkl. Images are JPEG or PNG of 84 x 84 \
      pixels. There may be fewer than 600 in a class, and parts may be \
      missing: how many there are is recorded with every result and printed under its tables.

      cifar-fs, fc100: the binary or Python version of CIFAR-100, or folders with class/image.png \
      (classes as apple); one import serves both.

      mnist: the four official files, compressed or not, under any names.
      """)

  @Argument(
    help: "The dataset: omniglot, mini-imagenet, cifar-fs, fc100 or mnist.",
    completion: .list(["omniglot", "mini-imagenet", "cifar-fs", "fc100", "mnist"]))
  var dataset: String

  @Argument(
    help: "Its archives, or the folder that holds them or what they unpack to.", completion: .file())
  var files: [String] = []

  @Flag(help: "Replace an earlier import even if it has more examples of some class.")
  var replace = false

  @OptionGroup var data: DataOptions

  @OptionGroup var threads: ThreadsOption

  func run() throws {
    guard Datasets.named(dataset) != nil else {
      throw EpisodesError.unknownDataset(dataset, known: Datasets.all.map(\.name))
    }
    guard let importing = Datasets.importing(dataset) else {
      throw CommandError("'\(dataset)' is generated and needs no import: use it in a suite.")
    }
    threads.start()
    // Of an import that was killed.
    try AtomicFile.removeAbandoned(in: data.folder)
    let bar = DataProgress()
    let summary = try bar.during {
      try importing.run(files.map(UserPath.file), data.folder, replace) {
        bar.show("importing \(dataset)", $0)
      }
    }
    Outcome.write(summary.text)
  }
}

extension ImportSummary {
  /// What was imported, and where it is.
  var text: String {
    "Imported \(dataset): \(counted(classes, "class", "classes")) with \(examples) examples, "
      + "SHA-256 \(digest.prefix(12)): \(file.path)" + (note.map { "\n\($0)" } ?? "")
      + remarks.map { "\nNote: \($0)" }.joined()
  }
}
