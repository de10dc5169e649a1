/// The rules of LaTeX that everything written in it keeps.
enum LaTeX {
  /// Text that means itself; characters that pdfLaTeX has no glyph for become question marks.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if let command = commands[character] {
        escaped += command
      } else if character.isNewline {
        escaped += " "
      } else if character.unicodeScalars.allSatisfy({ 0x20...0x7E ~= $0.value })
        || character.isLetter && character.unicodeScalars.allSatisfy({ $0.value < 0x180 })
      {
        escaped.append(character)
      } else {
        escaped += "?"
      }
    }
    return escaped
  }

  private static let commands: [Character: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "<": "$<$", ">": "$>$", "|": "$|$", "\"": "''", "[": "{[}", "]": "{]}", "*": "{*}",
    "±": "$\\pm$", "−": "$-$", "≈": "$\\approx$", "≤": "$\\leq$", "≥": "$\\geq$",
    "×": "$\\times$", "·": "$\\cdot$", "–": "--", "—": "---", "…": "\\ldots{}", "’": "'",
    "“": "``", "”": "''", "²": "$^2$", "³": "$^3$", "√": "$\\surd$", "∞": "$\\infty$",
    "α": "$\\alpha$", "β": "$\\beta$", "θ": "$\\theta$", "μ": "$\\mu$", "σ": "$\\sigma$",
    "†": "$\\dagger$", "χ": "$\\chi$", "→": "$\\to$", "\u{a0}": "~",
  ]
}
