/// Where a suite file says what a value of a cell is.
public struct ValueOrigin: Hashable, Sendable {
  /// The place of the value.
  public let place: SourcePlace
  /// The keys that lead to it, for example `protocol.train.iterations`.
  public let key: String

  init(_ node: SuiteNode) {
    place = node.place
    key = node.path
  }
}
