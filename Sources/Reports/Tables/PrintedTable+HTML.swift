extension PrintedTable {
  /// A `table` that a little script can sort, in a box that scrolls where the page is narrow.
  ///
  /// - Parameter label: What screen readers call it.
  func html(label: String) -> String {
    let aligned = columns.indices.map(aligned(column:))
    var text = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
    text += "aria-label=\"\(HTML.escaped(label))\">\n<table class=\"sortable\">\n<thead>\n"
    text += htmlHeader + "</thead>\n<tbody>\n"
    for (row, cells) in rows.enumerated() {
      text += "<tr>"
      for (column, cell) in cells.enumerated() {
        text += html(cell, runs: aligned[column][row], column: column)
      }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>\n</div>\n" + htmlNotes
  }

  private var htmlHeader: String {
    let spans = headerSpans
    let isDouble = spans.contains { $0.name != nil }
    var upper = ""
    var lower = ""
    for span in spans {
      if let name = span.name {
        upper += "<th colspan=\"\(span.columns.count)\" scope=\"colgroup\" class=\"group\">"
        upper += "\(HTML.escaped(name))</th>"
        for column in span.columns {
          let heading = columns[column].group?.heading ?? ""
          lower += "<th scope=\"col\"\(Self.attribute(classes(ofColumn: column)))>"
          lower += "\(HTML.escaped(heading))</th>"
        }
      } else {
        let column = span.columns.lowerBound
        let rows = isDouble ? " rowspan=\"2\"" : ""
        upper += "<th scope=\"col\"\(rows)\(Self.attribute(classes(ofColumn: column)))>"
        upper += "\(HTML.escaped(columns[column].heading))</th>"
      }
    }
    return "<tr>\(upper)</tr>\n" + (isDouble ? "<tr>\(lower)</tr>\n" : "")
  }

  private func html(_ cell: Cell, runs: [Run], column: Int) -> String {
    var classes = classes(ofColumn: column)
    if isLong(cell, column: column) { classes.append("long") }
    switch cell.style {
    case .plain: break
    case .published: classes.append("published")
    case .absent: classes.append("absent")
    }
    var attributes = Self.attribute(classes)
    if let value = cell.value { attributes += " data-value=\"\(value)\"" }
    var text = ""
    let last = runs.lastIndex(where: \.isVisible)
    for (index, run) in runs.enumerated() {
      text += run.isVisible ? HTML.escaped(run.text) : Self.room(for: run.text)
      if let mark = cell.mark, index == last { text += "<sup data-mark=\"\(mark)\"></sup>" }
    }
    guard column == 0 else { return "<td\(attributes)>\(text)</td>" }
    return "<th scope=\"row\"\(attributes)>\(text)</th>"
  }

  /// An element as wide as `text` that holds no text: only what is printed can be read and copied.
  ///
  /// Digits of tables are all one `ch` wide; the page's style draws other signs, invisibly.
  private static func room(for text: String) -> String {
    let signs = text.filter { !$0.isNumber }
    let digits = text.count - signs.count
    var attributes = signs.isEmpty ? "" : " data-room=\"\(HTML.escaped(signs))\""
    if digits > 0 { attributes += " style=\"padding-left:\(digits)ch\"" }
    return "<i\(attributes)></i>"
  }

  private func classes(ofColumn column: Int) -> [String] {
    (columns[column].isNumeric ? ["n"] : []) + (isGroupEdge(column) ? ["edge"] : [])
  }

  private static func attribute(_ classes: [String]) -> String {
    classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
  }

  /// The first note and the sources are seen at once, the other notes on asking.
  private var htmlNotes: String {
    var text = ""
    if let first = notes.first { text += "<p class=\"note\">\(InlineText(first).html)</p>\n" }
    if !sources.isEmpty {
      let items = sources.map { "<li>\(HTML.escaped($0)).</li>" }.joined(separator: "\n")
      text += "<ol class=\"sources\">\n\(items)\n</ol>\n"
    }
    if notes.count > 1 {
      let items = notes.dropFirst().map { "<li>\(InlineText($0).html)</li>" }
      text += "<details class=\"notes\"><summary>How these numbers were made</summary>\n<ul>\n"
      text += items.joined(separator: "\n") + "\n</ul>\n</details>\n"
    }
    return text
  }
}
