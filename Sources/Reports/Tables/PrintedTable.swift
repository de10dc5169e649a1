/// A table as every format prints it: the same words and numbers in the same places.
///
/// Markdown, HTML and LaTeX only dress it; what stands in a cell is decided before.
struct PrintedTable {
  struct Column {
    /// Its heading where columns stand alone.
    let heading: String
    /// The name above it and its neighbours with the same, and its heading below that name.
    var group: (name: String, heading: String)?
    /// Whether it holds numbers, which are set flush right.
    var isNumeric = true
  }

  struct Cell {
    enum Style {
      case plain, published
      /// A word where a number should be, such as `not run`.
      case absent
    }

    /// What stands beside each other, each in a place of its own so that points and signs of a
    /// column come to lie below each other: `98.7`, `± 0.4`, `(± 0.3)`. Empty places hold "".
    let parts: [String]
    /// What rows are sorted by; nil where there is no number.
    var value: Double?
    /// The number of its source below the table.
    var mark: Int?
    var style = Style.plain

    init(_ parts: [String], value: Double? = nil, mark: Int? = nil, style: Style = .plain) {
      self.parts = parts
      self.value = value
      self.mark = mark
      self.style = style
    }

    init(_ words: String, style: Style = .plain) { self.init([words], style: style) }

    /// All of it, without its mark.
    var text: String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
  }

  let columns: [Column]
  let rows: [[Cell]]
  /// How it was made, in the page's inline Markdown.
  var notes: [String] = []
  /// Where published figures come from, in the order of their marks.
  var sources: [String] = []

  init(columns: [Column], rows: [[Cell]], notes: [String] = [], sources: [String] = []) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "one cell per column")
    self.columns = columns
    self.rows = rows
    self.notes = notes
    self.sources = sources
  }

  /// A table of words.
  init(_ headings: [String], _ rows: [[String]]) {
    self.init(
      columns: headings.map { Column(heading: $0, isNumeric: false) },
      rows: rows.map { $0.map { Cell($0) } })
  }
}

extension PrintedTable {
  /// A piece of a cell; invisible ones only take up the room that others of the column need.
  struct Run: Equatable {
    let text: String
    let isVisible: Bool
  }

  /// Each cell of a column as runs that, set flush right, have their points below each other.
  ///
  /// Words stay as they are.
  func aligned(column: Int) -> [[Run]] {
    let numbers = rows.map { $0[column] }.filter { columns[column].isNumeric && $0.value != nil }
    let places = (0..<(numbers.map(\.parts.count).max() ?? 0)).map { place in
      Place(numbers.compactMap { $0.parts.indices.contains(place) ? $0.parts[place] : nil })
    }
    return rows.map { $0[column] }.map { cell in
      guard columns[column].isNumeric, cell.value != nil else {
        return [Run(text: cell.text, isVisible: true)]
      }
      var runs: [Run] = []
      for (index, place) in places.enumerated() where !place.longest.isEmpty {
        let part = cell.parts.indices.contains(index) ? cell.parts[index] : ""
        if index > 0 { runs.append(Run(text: " ", isVisible: !part.isEmpty)) }
        runs += place.runs(part)
      }
      return runs.filter { !$0.text.isEmpty }
    }
  }

  /// What the parts at one place of a column's cells have in common.
  private struct Place {
    let longest: String
    private let head: Int
    private let tail: Int

    init(_ parts: [String]) {
      let halves = parts.filter { !$0.isEmpty }.map(Self.halves)
      let longestHead = halves.map(\.head).max { $0.count < $1.count } ?? ""
      let longestTail = halves.map(\.tail).max { $0.count < $1.count } ?? ""
      longest = longestHead + longestTail
      head = longestHead.count
      tail = longestTail.count
    }

    func runs(_ part: String) -> [Run] {
      guard !part.isEmpty else { return [Run(text: longest, isVisible: false)] }
      let halves = Self.halves(part)
      let start = halves.head.prefix { !$0.isNumber }
      let tailFill = longest.suffix(tail - halves.tail.count)
      return [
        Run(text: String(start), isVisible: true),
        Run(text: String(repeating: "0", count: head - halves.head.count), isVisible: false),
        Run(text: halves.head.dropFirst(start.count) + halves.tail, isVisible: true),
        Run(text: String(tailFill), isVisible: false),
      ]
    }

    /// What is before and what is from the decimal point on.
    private static func halves(_ part: String) -> (head: String, tail: String) {
      let point = part.firstIndex(of: ".") ?? part.lastIndex(where: \.isNumber)
        .map { part.index(after: $0) } ?? part.endIndex
      return (String(part[..<point]), String(part[point...]))
    }
  }
}
