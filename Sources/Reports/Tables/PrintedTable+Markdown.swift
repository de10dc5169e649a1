extension PrintedTable {
  /// The table and its notes in GitHub's Markdown, aligned to be readable as plain text too.
  var markdown: String {
    let lines = rows.map { row in
      row.map { cell in
        let text = cell.style == .published ? "*\(cell.text)*" : cell.text
        return text + (cell.mark.map(Format.superscript) ?? "")
      }
    }
    var text = Markdown.table(
      [columns.map(\.heading)] + lines, isRight: columns.map(\.isNumeric))
    if !notes.isEmpty { text += "\n" + notes.map { "- \($0)\n" }.joined() }
    for (index, source) in sources.enumerated() {
      text += (index == 0 ? "\n" : "") + "\(Format.superscript(index + 1)) \(source)."
      text += index == sources.count - 1 ? "\n" : "  \n"
    }
    return text
  }
}
