/// Named values in an order of their own: where a cell is in its grid.
public struct Coordinates: Hashable, Sendable {
  /// One value with its name.
  public struct Entry: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it is set to.
    public let value: SettingValue

    /// A value with its name.
    public init(_ name: String, _ value: SettingValue) {
      self.name = name
      self.value = value
    }
  }

  /// In their order.
  public let entries: [Entry]

  /// Coordinates in their order.
  ///
  /// - Precondition: Names differ.
  public init(_ entries: [Entry]) {
    precondition(Set(entries.map(\.name)).count == entries.count, "names of coordinates differ")
    self.entries = entries
  }

  /// The value of that name; nil if there is none.
  public subscript(name: String) -> SettingValue? { entries.first { $0.name == name }?.value }

  /// The whole number of that name; nil if there is none.
  public func integer(_ name: String) -> Int? {
    guard case .integer(let value) = self[name] else { return nil }
    return value
  }
}
