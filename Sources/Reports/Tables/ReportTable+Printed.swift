import Judgements
import Suites

extension ReportTable {
  /// The table as all formats print it: published beside measured, as in the papers.
  var printed: PrintedTable {
    let withPublished = columns.indices.map { column in
      rows.contains { $0.entries[column]?.published != nil } || !people.isEmpty && people[column] != nil
    }
    var sources: [String] = []
    func published(_ figure: PublishedFigure?) -> PrintedTable.Cell {
      guard let figure else { return .init("–", style: .absent) }
      let index = sources.firstIndex(of: figure.origin) ?? sources.count
      if index == sources.count { sources.append(figure.origin) }
      return .init(figure.parts, value: figure.number, mark: index + 1, style: .published)
    }
    var lines = rows.map { row in
      var line = [PrintedTable.Cell(row.name)]
      for (column, entry) in row.entries.enumerated() {
        line.append(entry.map(measured) ?? .init("", style: .absent))
        guard withPublished[column] else { continue }
        line.append(published(entry?.published))
        if hasVerdict(column) { line.append(Self.verdict(entry)) }
      }
      if hasPublished { line.append(.init(row.scale.rawValue)) }
      return line
    }
    if !people.isEmpty {
      var line = [PrintedTable.Cell(PublishedFigure.people)]
      for (column, figure) in people.enumerated() {
        line.append(.init("–", style: .absent))
        if withPublished[column] { line.append(published(figure)) }
        if withPublished[column], hasVerdict(column) { line.append(Self.verdict(nil)) }
      }
      if hasPublished { line.append(.init(Scale.none.rawValue)) }
      lines.append(line)
    }
    return PrintedTable(
      columns: printedColumns(withPublished), rows: lines, notes: notes, sources: sources)
  }

  private func printedColumns(_ withPublished: [Bool]) -> [PrintedTable.Column] {
    var printed = [PrintedTable.Column(heading: layout.rows, isNumeric: false)]
    for (index, column) in columns.enumerated() {
      guard withPublished[index] else {
        printed.append(.init(heading: column.heading))
        continue
      }
      printed.append(.init(heading: column.heading, group: (column.heading, "measured")))
      printed.append(.init(heading: "published", group: (column.heading, "published")))
      if hasVerdict(index) {
        printed.append(
          .init(heading: "verdict", group: (column.heading, "verdict"), isNumeric: false))
      }
    }
    if hasPublished { printed.append(.init(heading: "scale", isNumeric: false)) }
    return printed
  }

  /// `98.7 ± 0.4`, marked where that is over the episodes alone though other cells' is not; else why there is none.
  private func measured(_ entry: Entry) -> PrintedTable.Cell {
    let family = entry.family
    guard let estimate = entry.estimate else {
      guard family.sharesEpisodes else { return .init("different episodes", style: .absent) }
      guard family.done.isEmpty else { return .init("–", style: .absent) }
      // All ended alike: a word says it.
      let ending = Set(family.others).count == 1 ? family.others[0] : family.casualties ?? "missing"
      return .init(ending == "missing" ? "not run" : ending, style: .absent)
    }
    let digits = Format.digits(metric: metric, size: abs(estimate.mean))
    func score(_ value: Double) -> String { Format.score(value, metric: metric, digits: digits) }
    return .init(
      [
        score(estimate.mean), estimate.halfWidth.map { "± \(score($0))" } ?? "",
        isOfOneRepeat(entry) ? RepeatWords.mark : "",
        family.standing.map { "[\($0)]" } ?? "",
      ], value: estimate.mean)
  }
}
