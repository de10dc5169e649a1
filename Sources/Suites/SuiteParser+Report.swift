import Kinds
import Measures

extension SuiteParser {
  /// The section `report`; without one: a single table of everything.
  func report(_ node: SuiteNode?, cells: [Cell]) throws -> ReportLayout {
    guard let node else {
      return ReportLayout(
        tables: [.init(rows: "algorithm", columns: kind.description.axisNames)], curves: [])
    }
    let section = try node.section()
    try section.allow(["tables", "curves", "figures", "reference"])
    let overviews = ReportLayout.Overview.allCases
    return ReportLayout(
      tables: try section["tables"]?.values().map { try table($0, cells: cells) } ?? [],
      curves: try section["curves"]?.values().map { try curve($0, cells: cells) } ?? [],
      overviews: try section["figures"]?.values().map { node in
        .init(rawValue: try node.name(of: "figure", among: overviews.map(\.rawValue)))!
      } ?? overviews,
      reference: try section["reference"]?.name(of: "algorithm", among: cells.map(\.label)))
  }

  private func table(_ node: SuiteNode, cells: [Cell]) throws -> ReportLayout.Table {
    let section = try node.section()
    try section.allow([
      "title", "rows", "columns", "published", OutcomeAxis.steps, "outcome", "at", "reduce", "where",
    ])
    let table = ReportLayout.Table(
      title: try section["title"]?.text(),
      rows: try axis(section.required("rows", example: "rows: algorithm")),
      columns: try section.required(
        "columns", example: "columns: [\(kind.description.axisNames.joined(separator: ", "))]"
      ).nonEmptyValues().map(axis),
      published: try section["published"]?.flag() ?? true,
      measures: try measures(section),
      cells: try section["where"].map(selection) ?? Selection())
    let shown = cells.filter(table.cells.contains)
    try checkRoom(
      shown, at: node.place, section: "a table of the report",
      axes: table.separateAxes + [table.rows] + table.columns)
    let outcome = table.measures.first?.outcome
    if let outcome { try check(outcome: outcome, at: section["outcome"]!, among: shown) }
    try checkPlaces(section, of: outcome, among: shown)
    return table
  }

  private func curve(_ node: SuiteNode, cells: [Cell]) throws -> ReportLayout.Curve {
    let section = try node.section()
    try section.allow(["title", "y", "x", "at", "reduce", "by", "polynomial", "where"])
    let y = try section.required("y", example: "y: validation/accuracy")
    let x = try section.required("x", example: "x: iteration")
    let curve = ReportLayout.Curve(
      title: try section["title"]?.text(), y: try quantity(y), x: try x.text(),
      at: try measure(section), by: try section["by"].map(axis) ?? "algorithm",
      polynomial: try section["polynomial"]?.integer(atLeast: 0, atMost: 100),
      cells: try section["where"].map(selection) ?? Selection())
    let isTest = curve.y.stage == .test
    guard isTest != (curve.x == ReportLayout.Curve.iteration) else {
      throw x.outOfRange(
        isTest ? "an axis of '\(curve.y.outcome)', for y is \(curve.y.name)" : "'iteration'")
    }
    guard !isTest || kind.description.outcomeAxes.contains(curve.x) else {
      throw SuiteError.foreignAxis(
        x.place, axis: curve.x, kind: kind.description.name, known: kind.description.outcomeAxes)
    }
    let shown = cells.filter(curve.includes)
    try checkRoom(
      shown, at: node.place, section: "a figure of the report",
      axes: (cells.first.map(curve.separateAxes) ?? []) + [curve.by])
    if isTest {
      try check(outcome: curve.y.outcome, at: y, among: shown, stage: "\(ReportLayout.Curve.Quantity.Stage.test)/")
      try check(axis: x, of: curve.y.outcome, among: shown)
      try checkPlaces(section, of: curve.y.outcome, among: shown)
    }
    return curve
  }

  /// `validation/accuracy`, `test/loss`, `train/loss`.
  private func quantity(_ node: SuiteNode) throws -> ReportLayout.Curve.Quantity {
    let judged = kind.description.judged.map(\.name)
    let all = [.trainLoss] + judged.map { .init(.validation, $0) }
      + outcomeNames().map { ReportLayout.Curve.Quantity(.test, $0) }
    let name = try node.name(of: "quantity", among: all.map(\.name))
    return all.first { $0.name == name }!
  }

  private func axis(_ node: SuiteNode) throws -> String {
    try node.name(of: "axis", among: selectionKeys.filter { $0 != "repeat" })
  }

  /// Throws if there are no cells, or if two that are not repeats of one another fall together.
  private func checkRoom(
    _ cells: [Cell], at place: SourcePlace, section: String, axes: [String]
  ) throws {
    guard !cells.isEmpty else { throw SuiteError.matchesNothing(place, section: "report") }
    var first: [[String]: Cell] = [:]
    for cell in cells {
      let position = [cell.metric.name] + axes.map(cell.text)
      guard let other = first[position] else {
        first[position] = cell
        continue
      }
      guard other.family != cell.family else { continue }
      let difference = selectionKeys.first {
        $0 != "repeat" && other.text(of: $0) != cell.text(of: $0)
      }
      throw SuiteError.crowdedReport(
        place, section: section, first: other.id, second: cell.id,
        differsIn: difference ?? "algorithm")
    }
  }
}

extension ReportLayout.Table {
  /// The axes of which every combination of values makes a table of its own.
  public var separateAxes: [String] {
    ["dataset", "split"].filter { $0 != rows && !columns.contains($0) }
  }
}

extension ReportLayout.Curve {
  /// The axes of which every combination of values makes a figure of its own.
  ///
  /// - Parameter cell: Any cell of the suite.
  public func separateAxes(of cell: Cell) -> [String] { cell.axisNames.filter { $0 != by } }

  /// Whether `cell` has a line in one of the figures.
  public func includes(_ cell: Cell) -> Bool {
    guard cells.contains(cell) else { return false }
    switch y.stage {
    case .train: return true
    case .validation: return cell.metric.name == y.outcome
    case .test: return cell.metric.name == y.outcome || !cell.plan.description.judged.contains { $0.name == y.outcome }
    }
  }
}
