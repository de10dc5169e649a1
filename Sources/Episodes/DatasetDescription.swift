/// What is known about a dataset before any file is opened.
public struct DatasetDescription: Sendable {
  public let name: String
  public let summary: String
  public let inputKind: InputKind
  /// Whether targets are values rather than classes, so that the metric is the loss.
  public let isRegression: Bool
  /// Whether `metabench data import` must have packed the dataset's files first.
  public let needsImport: Bool
  /// The named splits; the first is the default.
  public let splits: [SplitDescription]

  /// The split of that name.
  public func split(named name: String) -> SplitDescription? {
    splits.first { $0.name == name }
  }
}
