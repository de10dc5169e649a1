extension Suite {
  /// The configuration of every cell by its id: what a stored result of the cell must have been made
  /// with.
  public var configurations: [String: String] {
    Dictionary(cells.map { ($0.id, $0.configuration) }, uniquingKeysWith: { first, _ in first })
  }
}
