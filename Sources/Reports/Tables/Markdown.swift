/// Markdown that is also good to read as it is.
enum Markdown {
  /// A table whose first line is its header, padded to columns.
  ///
  /// - Parameter isRight: Of each column: whether it is set flush right.
  static func table(_ lines: [[String]], isRight: [Bool]) -> String {
    let lines = lines.map { $0.map { $0.replacing("|", with: "\\|") } }
    let widths = lines[0].indices.map { column in
      max(3, lines.map { $0[column].count }.max() ?? 0)
    }
    func row(_ line: [String]) -> String {
      let cells = line.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return isRight[column] ? padding + line[column] : line[column] + padding
      }
      return "| " + cells.joined(separator: " | ") + " |\n"
    }
    let rule = widths.indices.map { column in
      String(repeating: "-", count: widths[column] - 1) + (isRight[column] ? ":" : "-")
    }
    return row(lines[0]) + row(rule) + lines.dropFirst().map(row).joined()
  }
}
