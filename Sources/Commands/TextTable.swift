/// Rows of words in columns for a terminal.
package struct TextTable {
  private let rows: [[String]]

  /// A table of such rows.
  package init(rows: [[String]]) { self.rows = rows }

  /// One line per row, columns two spaces apart; on a terminal no wider than it is.
  var text: String { text(within: Terminal.columns) }

  /// Words that have no room go on in the next line of their column.
  ///
  /// - Parameter room: The most characters of a line; nil for as many as it takes.
  package func text(within room: Int?) -> String {
    let count = rows.map(\.count).max() ?? 0
    var widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    if let room { narrow(&widths, to: room) }
    return rows.map { row in
      let cells = row.enumerated().map { Self.lines(of: $1, width: widths[$0]) }
      return (0..<max(1, cells.map(\.count).max() ?? 1)).map { index in
        var line = ""
        for (column, lines) in cells.enumerated() where index < lines.count && !lines[index].isEmpty {
          let start = widths[..<column].reduce(0) { $0 + $1 + 2 }
          line += String(repeating: " ", count: start - line.count) + lines[index]
        }
        return line
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Takes from the widest column as long as that helps.
  private func narrow(_ widths: inout [Int], to room: Int) {
    let least = 12
    while widths.reduce(0, { $0 + $1 + 2 }) - 2 > room, let widest = widths.max(), widest > least {
      widths[widths.firstIndex(of: widest)!] -= 1
    }
  }

  /// A text in lines of a width, cut behind spaces and hyphens where there are some.
  private static func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    var rest = Substring(text)
    while rest.count > width {
      let line = rest.prefix(width + 1)
      var end = rest.index(rest.startIndex, offsetBy: width)
      if let space = line.lastIndex(of: " "), space > line.startIndex {
        end = space
      } else if let hyphen = line.dropLast().lastIndex(of: "-"), hyphen > line.startIndex {
        end = rest.index(after: hyphen)
      }
      lines.append(String(rest[..<end]))
      rest = rest[end...].drop { $0 == " " }
    }
    return lines + [String(rest)]
  }
}
