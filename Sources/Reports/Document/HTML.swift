import Foundation

/// The rules of HTML and SVG that everything written in them keeps.
enum HTML {
  /// Text that may stand between tags and in quoted attributes.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { special.contains($0) }) else { return text }
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A PNG file as a part of a page.
  ///
  /// - Parameter label: What screen readers call it.
  static func image(_ png: Data, label: String) -> String {
    "<img alt=\"\(escaped(label))\" src=\"data:image/png;base64,\(png.base64EncodedString())\">\n"
  }

  private static let special = Array("&<>\"".utf8)
}
