extension PrintedTable {
  /// A `table` environment that needs `booktabs` and nothing else.
  ///
  /// Points lie below each other: where a cell is shorter than others of its column, `\phantom`
  /// takes up the room.
  ///
  /// - Parameter label: What `\ref` calls it.
  func latex(caption: String, label: String) -> String {
    let aligned = columns.indices.map(aligned(column:))
    var text = """
      % Needs \\usepackage{booktabs}. Written by 'metabench report'; changes will be lost.
      \\begin{table}
        \\centering
        \\caption{\(LaTeX.escaped(caption))}
        \\label{\(label)}
        \\smallskip
        \(latexSize)
        \\setlength{\\tabcolsep}{4pt}
        \\makebox[\\linewidth][c]{%
        \\begin{tabular}{\(latexColumns)}
          \\toprule

      """
    text += latexHeader
    text += "    \\midrule\n"
    for (row, cells) in rows.enumerated() {
      let cells = cells.enumerated().map { column, cell in
        latex(cell, runs: aligned[column][row], isLong: isLong(cell, column: column))
      }
      text += "    \(cells.joined(separator: " & ")) \\\\\n"
    }
    text += "    \\bottomrule\n  \\end{tabular}}\n"
    let sources = sources.enumerated().map { index, source in
      "\\textsuperscript{\(index + 1)}~\(LaTeX.escaped(source))."
    }
    let below = [sources.joined(separator: " ")] + notes.map { InlineText($0).latex }
    for (index, paragraph) in below.filter({ !$0.isEmpty }).enumerated() {
      text += index == 0 ? "\n  \\medskip\n  \\raggedright\\footnotesize\n" : "\n  \\smallskip\n"
      text += "  \(paragraph)\\par\n"
    }
    return text + "\\end{table}\n"
  }

  /// One line of headings, or two where columns have a common name.
  private var latexHeader: String {
    let spans = headerSpans
    guard spans.contains(where: { $0.name != nil }) else {
      return "    \(columns.map { LaTeX.escaped($0.heading) }.joined(separator: " & ")) \\\\\n"
    }
    var names: [String] = []
    var rules = ""
    for span in spans {
      guard let name = span.name else {
        names.append("")
        continue
      }
      let first = span.columns.lowerBound + 1
      names.append("\\multicolumn{\(span.columns.count)}{c}{\(LaTeX.escaped(name))}")
      rules += "\\cmidrule(lr){\(first)-\(span.columns.upperBound)}"
    }
    let headings = columns.map { LaTeX.escaped($0.group?.heading ?? $0.heading) }
    return "    \(names.joined(separator: " & ")) \\\\\n    \(rules)\n"
      + "    \(headings.joined(separator: " & ")) \\\\\n"
  }

  /// Flush right for numbers, and room between groups.
  private var latexColumns: String {
    "@{}"
      + columns.indices.map { column in
        (isGroupEdge(column) ? "@{\\hspace{14pt}}" : "") + (columns[column].isNumeric ? "r" : "l")
      }.joined() + "@{}"
  }

  /// How wide texts of several lines are, in millimetres.
  private static let longWidth = 25

  /// The size at which the table has a chance to fit the page.
  private var latexSize: String {
    let characters = columns.indices.map { column in
      rows.map { isLong($0[column], column: column) ? 18 : $0[column].text.count }.max() ?? 0
    }
    switch characters.reduce(0, +) + 2 * columns.count {
    case ...90: return "\\small"
    case ...120: return "\\footnotesize"
    default: return "\\scriptsize"
    }
  }

  private func latex(_ cell: Cell, runs: [Run], isLong: Bool) -> String {
    guard !isLong else {
      let words = "\\raggedright\\strut \(LaTeX.escaped(cell.text))\\strut"
      return "\\parbox[t]{\(Self.longWidth)mm}{\(words)}"
    }
    let last = runs.lastIndex(where: \.isVisible)
    return runs.enumerated().map { index, run in
      let text = LaTeX.escaped(run.text)
      guard run.isVisible else { return "\\phantom{\(text)}" }
      return index == last
        ? text + (cell.mark.map { "\\rlap{\\textsuperscript{\($0)}}" } ?? "") : text
    }.joined()
  }
}

extension PrintedTable {
  /// Whether a cell is a text of several lines.
  func isLong(_ cell: Cell, column: Int) -> Bool {
    column > 0 && !columns[column].isNumeric && cell.text.count > 24
  }

  /// Whether a group of columns begins, or the column before ends one.
  func isGroupEdge(_ column: Int) -> Bool {
    column > 0 && columns[column - 1].group?.name != columns[column].group?.name
  }

  /// Columns side by side with a common name, and each other column by itself.
  var headerSpans: [(name: String?, columns: Range<Int>)] {
    var spans: [(name: String?, columns: Range<Int>)] = []
    for (index, column) in columns.enumerated() {
      if let last = spans.last, let name = column.group?.name, last.name == name {
        spans[spans.count - 1].columns = last.columns.lowerBound..<index + 1
      } else {
        spans.append((column.group?.name, index..<index + 1))
      }
    }
    return spans
  }
}
