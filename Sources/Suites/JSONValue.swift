import Kinds
import Measures

/// Just enough JSON to write a configuration that is the same text everywhere: keys sorted by their
/// UTF-8 bytes, no spaces, numbers in their shortest form that reads back as the same value.
enum JSONValue {
  case integer(String)
  case number(Double)
  case text(String)
  case flag(Bool)
  case list([JSONValue])
  case object([String: JSONValue])

  init(_ integer: Int) { self = .integer(String(integer)) }

  init(_ value: SettingValue) {
    switch value {
    case .integer(let integer): self = .integer(String(integer))
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .flag(let flag): self = .flag(flag)
    }
  }

  /// All settings but those that say nothing new.
  init(_ settings: Settings) {
    self = .object(
      Dictionary(
        uniqueKeysWithValues: settings.entries.filter { !$0.isImplied }
          .map { ($0.name, JSONValue($0.value)) }))
  }

  var text: String {
    switch self {
    case .integer(let digits): return digits
    case .number(let number): return "\(number)"
    case .text(let text): return Self.quoted(text)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values): return "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return "{" + sorted.map { "\(Self.quoted($0.key)):\($0.value.text)" }.joined(separator: ",")
        + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
