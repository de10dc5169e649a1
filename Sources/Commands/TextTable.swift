/// Rows of words in columns for a terminal.
struct TextTable {
  let rows: [[String]]

  /// One line per row, columns two spaces apart.
  var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, word) in row.enumerated() where !word.isEmpty {
        let start = widths[..<column].reduce(0) { $0 + $1 + 2 }
        line += String(repeating: " ", count: start - line.count) + word
      }
      return line
    }.joined(separator: "\n")
  }
}
