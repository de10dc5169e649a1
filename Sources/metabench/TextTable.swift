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
      row.enumerated().map { column, word in
        column == row.count - 1
          ? word : word + String(repeating: " ", count: widths[column] - word.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
