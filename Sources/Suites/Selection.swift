import Measures

/// Some cells of a suite: those that meet every condition.
public struct Selection: Hashable, Sendable {
  /// The value of `key` (an axis of the grid, `split`, or a setting) is one of `values`.
  public struct Condition: Hashable, Sendable {
    /// An axis of the grid, `split`, or the name of a setting.
    public let key: String
    /// One of them is enough.
    public let values: [SettingValue]

    /// A condition from its parts.
    public init(key: String, values: [SettingValue]) {
      self.key = key
      self.values = values
    }
  }

  /// All of them must be met.
  public let conditions: [Condition]

  /// - Parameter conditions: None selects every cell.
  public init(_ conditions: [Condition] = []) {
    self.conditions = conditions
  }

  /// Whether `cell` meets every condition; one without a setting does not meet conditions on it.
  public func contains(_ cell: Cell) -> Bool {
    contains { cell.value(of: $0) }
  }

  func contains(_ value: (_ key: String) -> SettingValue?) -> Bool {
    conditions.allSatisfy { condition in
      guard let found = value(condition.key) else { return false }
      return condition.values.contains { Self.areEqual($0, found) }
    }
  }

  private static func areEqual(_ first: SettingValue, _ second: SettingValue) -> Bool {
    switch (first, second) {
    case (.integer(let whole), .number(let number)), (.number(let number), .integer(let whole)):
      Double(whole) == number
    default: first == second
    }
  }
}
