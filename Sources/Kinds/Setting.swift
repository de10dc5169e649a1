import Measures

/// A setting as the code that uses it knows it: declared once, with its type, and read as a property.
///
///     static let hidden = Setting("hidden", 64, atLeast: 1, "units of the recurrent layer")
///     ...
///     let width = settings[Self.hidden]   // an Int
public struct Setting<Value: SettingConvertible>: Sendable {
  /// What parsers, lists and files know of it.
  public let description: SettingDescription

  /// A setting from its parts.
  ///
  /// - Parameters:
  ///   - minimum: The smallest value that makes sense.
  ///   - maximum: The largest that is taken; nil for 1,000,000 (whole numbers) and 1e38 (others).
  ///   - choices: The values that are allowed; those of its type if nil.
  ///   - isLater: Whether results were made before there was such a setting, as at its default.
  ///   - noun: What stands before a text's value in labels; nil where the value speaks for itself.
  ///   - example: What a suite that must name it could say; nil where it may be left out.
  public init(
    _ name: String, _ standard: Value, atLeast minimum: Double = 0, atMost maximum: Double? = nil,
    choices: [String]? = nil, isLater: Bool = false, noun: String? = nil, example: String? = nil, _ help: String
  ) {
    description = SettingDescription(
      name, standard.settingValue, choices: choices ?? Value.settingChoices, minimum: minimum, maximum: maximum,
      isLater: isLater, noun: noun, example: example, help)
  }

  /// What suites call it.
  public var name: String { description.name }

  private init(_ description: SettingDescription) { self.description = description }

  /// The same setting with another default, another smallest value, or an example of what suites must say.
  public func with(_ standard: Value? = nil, atLeast minimum: Double? = nil, example: String? = nil) -> Setting {
    Setting(
      SettingDescription(
        name, standard?.settingValue ?? description.standard, choices: description.choices,
        minimum: minimum ?? description.minimum, maximum: description.maximum, isLater: description.isLater, noun: description.noun,
        example: example ?? description.example, description.help))
  }
}

/// A setting of whichever type.
public protocol SettingKey: Sendable {
  /// What parsers, lists and files know of it.
  var description: SettingDescription { get }
}

extension Setting: SettingKey {}

extension [SettingDescription] {
  /// The descriptions of typed settings, in their order.
  public static func of(_ keys: any SettingKey...) -> [SettingDescription] { keys.map(\.description) }
}

/// A type that settings may have: whole numbers, numbers, texts, flags, and enumerations of texts.
public protocol SettingConvertible: Sendable {
  /// The value of a setting; nil if it is of another type.
  init?(setting: SettingValue)
  var settingValue: SettingValue { get }
  /// The words that a text may be; empty for others.
  static var settingChoices: [String] { get }
}

extension SettingConvertible {
  public static var settingChoices: [String] { [] }
}

extension Int: SettingConvertible {
  public init?(setting: SettingValue) {
    guard case .integer(let value) = setting else { return nil }
    self = value
  }
  public var settingValue: SettingValue { .integer(self) }
}

extension Double: SettingConvertible {
  public init?(setting: SettingValue) {
    switch setting {
    case .number(let value): self = value
    case .integer(let value): self = Double(value)
    default: return nil
    }
  }
  public var settingValue: SettingValue { .number(self) }
}

extension Bool: SettingConvertible {
  public init?(setting: SettingValue) {
    guard case .flag(let value) = setting else { return nil }
    self = value
  }
  public var settingValue: SettingValue { .flag(self) }
}

extension String: SettingConvertible {
  public init?(setting: SettingValue) {
    guard case .text(let value) = setting else { return nil }
    self = value
  }
  public var settingValue: SettingValue { .text(self) }
}

/// An enumeration whose cases are the words of a setting.
public protocol SettingChoice: SettingConvertible, RawRepresentable, CaseIterable where RawValue == String {}

extension SettingChoice {
  public init?(setting: SettingValue) {
    guard case .text(let word) = setting else { return nil }
    self.init(rawValue: word)
  }
  public var settingValue: SettingValue { .text(rawValue) }
  public static var settingChoices: [String] { allCases.map(\.rawValue) }
}
