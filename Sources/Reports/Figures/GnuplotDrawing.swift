/// A drawing by gnuplot as a part of a page: in the page's colours, and without what every one of
/// gnuplot's files repeats.
struct GnuplotDrawing {
  /// Definitions of symbols that the drawing refers to; they are the same in all drawings.
  let symbols: String
  private let viewBox: String
  private let body: String

  /// - Parameter file: The text of an SVG file by gnuplot.
  /// - Returns: nil if it is something else, or not whole.
  init?(file: String) {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: true)
    guard let box = lines.first(where: { $0.contains("viewBox=") })?.split(separator: "\"").last,
      let start = lines.firstIndex(of: "<defs>"), let end = lines.firstIndex(of: "</defs>"),
      start < end, lines.last == "</svg>"
    else { return nil }
    viewBox = String(box)
    symbols = lines[(start + 1)..<end].filter { $0.contains("id='gp") }.joined(separator: "\n")
    var kept: [String] = []
    for line in lines[(end + 1)..<(lines.count - 1)] {
      let line = Self.restyled(line)
      // Groups that hold nothing.
      if line == "</g>", let last = kept.last, last.hasPrefix("<g fill="), last.hasSuffix(">"),
        last.firstIndex(of: ">") == last.lastIndex(of: ">")
      {
        kept.removeLast()
      } else if !line.isEmpty {
        kept.append(line)
      }
    }
    // `<g id="gnuplot_canvas">` was opened before the definitions, and is closed at the end.
    if let last = kept.lastIndex(of: "</g>") { kept.remove(at: last) }
    body = kept.joined(separator: "\n")
  }

  /// - Parameter label: What screen readers call it.
  func inline(label: String) -> String {
    """
    <svg viewBox="\(viewBox)" class="curves" role="img" aria-label="\(HTML.escaped(label))">
    \(body)
    </svg>

    """
  }

  /// The line with variables for colours, and without names that would occur twice in a page.
  private static func restyled(_ line: Substring) -> String {
    var text = String(line)
    for (start, end) in [("<title>", "</title>"), (" id=\"", "\""), (" font-family=\"", "\"")] {
      while let open = text.firstRange(of: start),
        let close = text[open.upperBound...].firstRange(of: end)
      {
        text.removeSubrange(open.lowerBound..<close.upperBound)
      }
    }
    text = text.replacing(" color=\"black\"", with: "")
    guard text.contains("rgb(") else { return text }
    var restyled = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "rgb("),
      let close = rest[open.upperBound...].firstIndex(of: ")")
    {
      let color = String(rest[open.upperBound..<close].filter { $0 != " " })
      restyled += rest[..<open.lowerBound]
      restyled += variables[color].map { "var(--\($0))" } ?? "rgb(\(color))"
      rest = rest[rest.index(after: close)...]
    }
    return restyled + rest
  }

  /// The names of the light theme's colours by what gnuplot calls them: `0,114,178`.
  private static let variables: [String: String] = {
    let names = Theme.light.variables.map { name, color -> (String, String) in
      let value = Int(color.dropFirst(), radix: 16)!
      return ("\(value >> 16),\(value >> 8 & 255),\(value & 255)", name)
    }
    return Dictionary(names, uniquingKeysWith: { first, _ in first })
  }()
}
