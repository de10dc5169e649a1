/// How many examples the classes of a part have, where an import may hold fewer than there are.
public struct ExampleCount: Sendable, Equatable {
  /// Of the smallest class.
  public let fewest: Int
  /// Of the largest class.
  public let most: Int
  /// Of every class of the complete dataset.
  public let complete: Int

  /// A count from its parts.
  public init(fewest: Int, most: Int, complete: Int) {
    self.fewest = fewest
    self.most = most
    self.complete = complete
  }
}
