import Foundation
import Synchronization

/// All datasets: what they are, and how to open them.
public enum Datasets {
  /// Every dataset, in the order in which lists show them: those that are shipped, then those that were
  /// added.
  public static var all: [DatasetDescription] { entries.map(\.description) }

  /// The dataset of that name.
  public static func named(_ name: String) -> DatasetDescription? {
    all.first { $0.name == name }
  }

  /// Opens one part of a split.
  ///
  /// - Parameter data: The data directory; read only by datasets that need an import.
  /// - Throws: `EpisodesError.unknownDataset`, `.unknownSplit`, `.notImported`, `.notOurs`,
  ///   `.damaged`, or the `StorageError` of a file that cannot be read.
  public static func open(
    _ name: String, split: String, part: Part, data: URL
  ) throws -> any TaskSource {
    guard let entry = entries.first(where: { $0.description.name == name }) else {
      throw EpisodesError.unknownDataset(name, known: all.map(\.name))
    }
    guard entry.description.split(named: split) != nil else {
      throw EpisodesError.unknownSplit(
        split, dataset: name, known: entry.description.splits.map(\.name))
    }
    return try entry.open(split, part, data)
  }

  /// Opens one part of a split of a dataset that provides episodes.
  ///
  /// - Throws: `EpisodesError.noEpisodes`, and what ``open(_:split:part:data:)`` throws.
  public static func episodes(
    _ name: String, split: String, part: Part, data: URL
  ) throws -> any EpisodeSource {
    guard let source = try open(name, split: split, part: part, data: data) as? any EpisodeSource else {
      throw EpisodesError.noEpisodes(dataset: name)
    }
    return source
  }

  /// The file that an import makes in the data directory `data`; nil if the dataset needs none.
  public static func file(of name: String, in data: URL) -> URL? {
    importing(name).map { data.appendingPathComponent($0.file) }
  }

  /// How the dataset's files come into the data directory; nil if it needs none.
  public static func importing(_ name: String) -> DatasetImport? {
    entries.first { $0.description.name == name }?.importing
  }

  /// A dataset as the registry knows it.
  public struct Entry: Sendable {
    let description: DatasetDescription
    let open: Open
    let importing: DatasetImport?

    /// Opens a part of one of the description's splits.
    public typealias Open =
      @Sendable (_ split: String, _ part: Part, _ data: URL) throws -> any TaskSource

    /// A dataset from its parts.
    ///
    /// - Parameters:
    ///   - open: Opens a part of one of the description's splits.
    ///   - importing: How its files come into the data directory; nil if it needs none.
    public init(
      description: DatasetDescription, open: @escaping Open, importing: DatasetImport? = nil
    ) {
      self.description = description
      self.open = open
      self.importing = importing
    }
  }

  /// Adds a dataset of another package. To be done before suites are read.
  ///
  /// - Precondition: Its name is not taken.
  public static func add(_ entry: Entry) {
    precondition(named(entry.description.name) == nil, "there is a dataset '\(entry.description.name)' already")
    added.withLock { $0.append(entry) }
  }

  private static let added = Mutex<[Entry]>([])

  private static var entries: [Entry] { shipped + added.withLock { $0 } }

  private static let shipped = [
    Omniglot.entry, MiniImageNet.entry, CIFAR100.fewShot, CIFAR100.fc100, MNIST.entry,
    SinusoidTasks.entry, PolynomialTasks.entry, HarmonicTasks.entry, QuadraticTasks.entry,
    GaussianCurves.entry, StrokeCharacters.entry, StrokeDigits.entry, GaussianClasses.entry,
  ]
}
