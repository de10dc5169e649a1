/// What is known about a dataset before any file is opened.
public struct DatasetDescription: Sendable {
  /// What suites call it.
  public let name: String
  /// What it is, in half a sentence, as lists show it.
  public let summary: String
  /// What one of its inputs looks like.
  public let inputKind: InputKind
  /// Whether targets are values rather than classes, so that the metric is the loss.
  public let isRegression: Bool
  /// Whether `metabench data import` must have packed the dataset's files first.
  public let needsImport: Bool
  /// The named splits; the first is the default.
  public let splits: [SplitDescription]
  /// What it can give.
  public let provides: Set<TaskForm>

  /// A description from its parts.
  ///
  /// - Precondition: There is a split.
  public init(
    name: String, summary: String, inputKind: InputKind, isRegression: Bool, needsImport: Bool = false,
    splits: [SplitDescription], provides: Set<TaskForm> = [.episodes]
  ) {
    precondition(!splits.isEmpty, "a dataset has at least one split")
    self.name = name
    self.summary = summary
    self.inputKind = inputKind
    self.isRegression = isRegression
    self.needsImport = needsImport
    self.splits = splits
    self.provides = provides
  }

  /// The split of that name.
  public func split(named name: String) -> SplitDescription? {
    splits.first { $0.name == name }
  }
}
