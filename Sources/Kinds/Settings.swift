import Measures

/// The settings of one cell, every default written out, in the order of their descriptions.
///
/// They are those of a system, of its training, of its test, or its place on the axes of a grid.
public struct Settings: Hashable, Sendable {
  /// One setting with its value.
  public struct Entry: Hashable, Sendable {
    /// What suites call it.
    public let name: String
    /// What it is set to.
    public var value: SettingValue
    /// The default of a setting that came later; nil for all others.
    let laterStandard: SettingValue?

    /// Whether a cell's configuration leaves the setting out, for it says nothing new.
    public var isImplied: Bool { value == laterStandard }
  }

  /// All settings, in the order of their descriptions.
  public private(set) var entries: [Entry]

  /// Every setting at its default.
  public init(_ descriptions: [SettingDescription]) {
    entries = descriptions.map {
      Entry(name: $0.name, value: $0.standard, laterStandard: $0.isLater ? $0.standard : nil)
    }
  }

  /// All but some of them.
  public func without(_ names: [String]) -> Settings {
    var copy = self
    copy.entries.removeAll { names.contains($0.name) }
    return copy
  }

  /// With others after them.
  ///
  /// - Precondition: There is none of these names.
  public func adding(_ values: Coordinates) -> Settings {
    precondition(values.entries.allSatisfy { self[$0.name] == nil }, "names of settings differ")
    var copy = self
    copy.entries += values.entries.map { Entry(name: $0.name, value: $0.value, laterStandard: nil) }
    return copy
  }

  /// The value of a setting, or nil if there is none of that name.
  public subscript(name: String) -> SettingValue? {
    entries.first { $0.name == name }?.value
  }

  /// The value of a typed setting.
  ///
  /// - Precondition: The setting is one of these.
  public subscript<Value>(setting: Setting<Value>) -> Value {
    guard let found = self[setting.name], let value = Value(setting: found) else {
      preconditionFailure("there is no setting '\(setting.name)' of this type")
    }
    return value
  }

  /// The value of a typed setting; nil if it is none of these.
  public subscript<Value>(ifPresent setting: Setting<Value>) -> Value? {
    self[setting.name].flatMap(Value.init(setting:))
  }

  /// Replaces the value of a setting that exists.
  public mutating func set(_ name: String, to value: SettingValue) {
    guard let index = entries.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no setting is called '\(name)'")
    }
    entries[index].value = value
  }
}
