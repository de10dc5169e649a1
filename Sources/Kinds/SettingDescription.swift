import Measures

/// One setting that a system, or a kind's protocol, understands: its name, default, and what it does.
public struct SettingDescription: Sendable {
  /// What suites call it.
  public let name: String
  /// Its value where a suite says nothing.
  public let standard: SettingValue
  /// For a text: the words that are allowed. Empty where any value of the kind will do.
  public let choices: [String]
  /// For a number: the smallest value that makes sense.
  public let minimum: Double
  /// For a number: the largest value that is taken. Whatever is made of numbers up to it can be counted.
  public let maximum: Double
  /// What it does, in half a sentence.
  public let help: String
  /// Whether it came after results had been made without it. Such a setting is left out of a cell's
  /// configuration at its default, with which those results were made: they keep their cell.
  public let isLater: Bool
  /// What stands before a text's value in labels and ids, as in `queries way x 1`; nil where the value speaks
  /// for itself.
  public let noun: String?
  /// What a suite that must name it could say, as in `iterations: 1000`; nil where it may be left out.
  public let example: String?

  /// A setting from its parts.
  public init(
    _ name: String, _ standard: SettingValue, choices: [String] = [], minimum: Double = 0,
    maximum: Double? = nil, isLater: Bool = false, noun: String? = nil, example: String? = nil, _ help: String
  ) {
    self.name = name
    self.standard = standard
    self.choices = choices
    self.minimum = minimum
    self.maximum = maximum ?? Self.largest(standard)
    self.help = help
    self.isLater = isLater
    self.noun = noun
    self.example = example
  }

  /// What counts and sizes may be where nothing else is said, and what other numbers may.
  private static func largest(_ standard: SettingValue) -> Double {
    if case .integer = standard { 1_000_000 } else { 1e38 }
  }
}
