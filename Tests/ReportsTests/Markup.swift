import Foundation

/// Reads the formats of reports, as far as the tests need it.
enum Markup {
  /// The body rows of a Markdown table, without emphasis and marks.
  static func markdownRows(_ text: String) -> [[String]] {
    let marks = Set("⁰¹²³⁴⁵⁶⁷⁸⁹*")
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("|") }
      .prefix { $0.hasPrefix("|") }
    return lines.dropFirst(2).map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
        .map { String($0.filter { !marks.contains($0) }).trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The text content of the body rows of every table of a page: what is read out and copied.
  static func tables(_ page: String) -> [[[String]]] {
    page.components(separatedBy: "<tbody>").dropFirst().map { part in
      part.components(separatedBy: "</tbody>")[0].components(separatedBy: "<tr>").dropFirst().map { row in
        row.replacing("</th>", with: "</td>").components(separatedBy: "</td>").dropLast().map { cell in
          var text = cell
          while let open = text.firstIndex(of: "<") {
            let close = text[open...].firstIndex(of: ">") ?? text.index(before: text.endIndex)
            text.removeSubrange(open...close)
          }
          return text.replacingOccurrences(of: "&amp;", with: "&")
        }
      }
    }
  }

  /// The body rows of a LaTeX table, without marks and phantoms.
  static func latexRows(_ text: String) -> [[String]] {
    let body = text.components(separatedBy: "\\midrule\n")[1].components(separatedBy: "\\bottomrule")[0]
    return body.components(separatedBy: "\\\\\n").dropLast().map { row in
      var row = row
      for command in ["\\phantom{", "\\rlap{"] {
        while let open = row.range(of: command) {
          var depth = 1
          var end = open.upperBound
          while depth > 0 {
            depth += row[end] == "{" ? 1 : row[end] == "}" ? -1 : 0
            end = row.index(after: end)
          }
          row.removeSubrange(open.lowerBound..<end)
        }
      }
      row = row.replacingOccurrences(of: "\\parbox[t]{25mm}{\\raggedright\\strut ", with: "")
        .replacingOccurrences(of: "\\strut}", with: "")
      for (command, sign) in [
        ("$\\pm$", "±"), ("$\\dagger$", "†"), ("$\\approx$", "≈"), ("{[}", "["), ("{]}", "]"), ("--", "–"),
        ("\\%", "%"), ("$\\leq$", "≤"), ("$\\geq$", "≥"), ("$-$", "−"), ("\\_", "_"),
      ] { row = row.replacingOccurrences(of: command, with: sign) }
      return row.components(separatedBy: "&").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  /// What is wrong with the nesting of a page's elements, and ids that stand twice.
  static func faults(inHTML page: String) -> [String] {
    let empty: Set = ["meta", "link", "br", "!DOCTYPE"]
    var open: [String] = []
    var faults: [String] = []
    var ids: Set<String> = []
    var rest = page[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return faults + ["an open tag"] }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = String(tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "\n" && $0 != "/" })
      for quote in ["\"", "'"] {
        if let id = tag.range(of: " id=\(quote)") {
          let value = String(tag[id.upperBound...].prefix { String($0) != quote })
          if !ids.insert(value).inserted { faults.append("id \(value) stands twice") }
        }
      }
      if tag.hasPrefix("/") {
        if open.popLast() != name { faults.append("</\(name)> closes something else") }
      } else if !empty.contains(name), !tag.hasSuffix("/") {
        open.append(name)
        if name == "script" || name == "style" {
          guard let close = rest.range(of: "</\(name)>") else { return faults + ["an open \(name)"] }
          rest = rest[close.lowerBound...]
        }
      }
    }
    return faults + open.map { "<\($0)> is not closed" }
  }

  /// What would keep a table from compiling, as far as one can see it.
  static func faults(inLaTeX file: String) -> [String] {
    let text = file.split(separator: "\n").filter { !$0.hasPrefix("%") }.joined(separator: "\n")
    var faults: [String] = []
    var depth = 0
    var isEscaped = false
    var dollars = 0
    for character in text {
      defer { isEscaped = character == "\\" && !isEscaped }
      if isEscaped { continue }
      switch character {
      case "{": depth += 1
      case "}": depth -= 1
      case "$": dollars += 1
      case "#", "_", "^": if dollars.isMultiple(of: 2) { faults.append("a bare \(character)") }
      default: if !character.isASCII, !character.isLetter { faults.append("a bare \(character)") }
      }
      if depth < 0 { faults.append("a brace too many") }
    }
    if depth != 0 { faults.append("an open brace") }
    if !dollars.isMultiple(of: 2) { faults.append("an open formula") }
    let layout = text.components(separatedBy: "@{}")[1]
      .replacingOccurrences(of: "@{\\hspace{14pt}}", with: "")
    let columns = layout.count { "lr".contains($0) }
    for line in text.components(separatedBy: "\\midrule")[1].components(separatedBy: "\\bottomrule")[0]
      .split(separator: "\n") where !line.trimmingCharacters(in: .whitespaces).isEmpty {
      let ampersands = line.replacingOccurrences(of: "\\&", with: "").count { $0 == "&" }
      if ampersands != columns - 1 { faults.append("\(ampersands + 1) cells: \(line)") }
    }
    let known: Set = [
      "begin", "end", "centering", "caption", "label", "small", "setlength", "tabcolsep", "makebox",
      "linewidth", "toprule", "midrule", "cmidrule", "bottomrule", "multicolumn", "phantom", "rlap",
      "textsuperscript", "medskip", "smallskip", "raggedright", "footnotesize", "par", "texttt",
      "textbf", "emph", "pm", "approx", "times", "leq", "geq", "textbackslash", "cdot",
      "parbox", "scriptsize", "strut", "hspace", "surd", "infty", "textasciicircum",
      "textasciitilde",
    ]
    for part in text.components(separatedBy: "\\").dropFirst() {
      let command = String(part.prefix { $0.isLetter && $0.isASCII })
      if !command.isEmpty, !known.contains(command) { faults.append("unknown \\\(command)") }
    }
    return faults
  }
}
