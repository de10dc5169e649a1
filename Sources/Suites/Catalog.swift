import Episodes
import Kinds
import Registry

/// What a suite may name: kinds of experiment with their systems, datasets with their splits.
///
/// A suite is checked against a catalog without opening a dataset. Systems are made, for that is how a cell
/// is found to be impossible, but not trained.
public struct Catalog: Sendable {
  /// In the order in which lists show them. The first is meant where a suite names none.
  public let kinds: [RegisteredKind]
  /// In the order in which lists show them.
  public let datasets: [DatasetDescription]

  /// A catalog from its parts.
  ///
  /// - Precondition: There is a kind.
  public init(kinds: [RegisteredKind], datasets: [DatasetDescription]) {
    precondition(!kinds.isEmpty, "a catalog has at least one kind")
    self.kinds = kinds
    self.datasets = datasets
  }

  /// What the program has: all registered kinds and datasets.
  public static var standard: Catalog {
    Catalog(kinds: KindRegistry.all, datasets: Datasets.all)
  }

  /// The system of that name and kind, or nil.
  public func system(named name: String, of kind: String) -> RegisteredSystem? {
    self.kind(named: kind)?.system(named: name)
  }

  func kind(named name: String) -> RegisteredKind? { kinds.first { $0.description.name == name } }
  /// The dataset of that name, or nil.
  public func dataset(named name: String) -> DatasetDescription? { datasets.first { $0.name == name } }
}
