import Episodes

/// What one setting of an algorithm is set to.
public enum SettingValue: Hashable, Sendable, CustomStringConvertible {
  case integer(Int)
  case number(Double)
  case text(String)
  case flag(Bool)

  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    case .flag(let value): "\(value)"
    }
  }
}

/// One setting that an algorithm understands: its name, default, and what it does.
public struct SettingDescription: Sendable {
  public let name: String
  /// Its value where a suite says nothing.
  public let standard: SettingValue
  /// For a text: the words that are allowed. Empty where any value of the kind will do.
  public let choices: [String]
  /// For a number: the smallest value that makes sense.
  public let minimum: Double
  /// What it does, in half a sentence.
  public let help: String
  /// Whether it came after results had been made without it. Such a setting is left out of a cell's
  /// configuration at its default, with which those results were made: they keep their cell.
  public let isLater: Bool

  public init(
    _ name: String, _ standard: SettingValue, choices: [String] = [], minimum: Double = 0,
    isLater: Bool = false, _ help: String
  ) {
    self.name = name
    self.standard = standard
    self.choices = choices
    self.minimum = minimum
    self.help = help
    self.isLater = isLater
  }
}

/// The settings of one cell, every default written out, in the order of their descriptions.
public struct Settings: Hashable, Sendable {
  /// One setting with its value.
  public struct Entry: Hashable, Sendable {
    public let name: String
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

  /// The value of a setting, or nil if there is none of that name.
  public subscript(name: String) -> SettingValue? {
    entries.first { $0.name == name }?.value
  }

  /// Replaces the value of a setting that exists.
  public mutating func set(_ name: String, to value: SettingValue) {
    guard let index = entries.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no setting is called '\(name)'")
    }
    entries[index].value = value
  }

  /// The value of a number, or of a whole number as one.
  public func number(_ name: String) -> Double {
    switch self[name] {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: preconditionFailure("setting '\(name)' is not a number")
    }
  }

  /// The value of a whole number.
  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = self[name] else {
      preconditionFailure("setting '\(name)' is not a whole number")
    }
    return value
  }

  /// The value of a text.
  public func text(_ name: String) -> String {
    guard case .text(let value) = self[name] else {
      preconditionFailure("setting '\(name)' is not a text")
    }
    return value
  }

  /// The settings with which an algorithm shapes training episodes of its own.
  public static let trainingKeys = ["trainWay", "trainShot", "trainQuery"]

  /// The shape of training episodes: the protocol's `shape`, but for what ``trainingKeys`` say. With a shot
  /// of their own they have one query, which nobody looks at, unless that is set, too.
  public func trainingShape(_ shape: EpisodeShape) -> EpisodeShape {
    func own(_ key: String) -> Int? {
      guard case .integer(let value) = self[key], value > 0 else { return nil }
      return value
    }
    let shot = own("trainShot")
    return EpisodeShape(
      way: own("trainWay") ?? shape.way, shot: shot ?? shape.shot,
      query: own("trainQuery") ?? (shot == nil ? shape.query : 1))
  }

  /// Whether a flag is set.
  public func flag(_ name: String) -> Bool {
    guard case .flag(let value) = self[name] else {
      preconditionFailure("setting '\(name)' is not true or false")
    }
    return value
  }
}
