extension SuiteParser {
  /// The section `report`; without one: a single table of everything.
  func report(_ node: SuiteNode?, cells: [Cell]) throws -> ReportLayout {
    guard let node else {
      return ReportLayout(tables: [.init(rows: "algorithm", columns: ["way", "shot"])], curves: [])
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
    try section.allow(["title", "rows", "columns", "published", "steps", "where"])
    let table = ReportLayout.Table(
      title: try section["title"]?.text(),
      rows: try axis(section.required("rows", example: "rows: algorithm")),
      columns: try section.required("columns", example: "columns: [way, shot]").nonEmptyValues()
        .map(axis),
      published: try section["published"]?.flag() ?? true,
      steps: try section["steps"]?.nonEmptyValues().map { try $0.integer(atLeast: 0) } ?? [],
      cells: try section["where"].map(selection) ?? Selection())
    try checkRoom(
      cells.filter(table.cells.contains), at: node.place, section: "a table of the report",
      axes: table.separateAxes + [table.rows] + table.columns)
    return table
  }

  private func curve(_ node: SuiteNode, cells: [Cell]) throws -> ReportLayout.Curve {
    let section = try node.section()
    try section.allow(["title", "y", "x", "by", "polynomial", "where"])
    let quantities = ReportLayout.Curve.Quantity.allCases.map(\.rawValue)
    let abscissas = ReportLayout.Curve.Abscissa.allCases.map(\.rawValue)
    let y = try section.required("y", example: "y: validation/accuracy")
    let x = try section.required("x", example: "x: iteration")
    let curve = ReportLayout.Curve(
      title: try section["title"]?.text(),
      y: .init(rawValue: try y.name(of: "quantity", among: quantities))!,
      x: .init(rawValue: try x.name(of: "abscissa", among: abscissas))!,
      by: try section["by"].map(axis) ?? "algorithm",
      polynomial: try section["polynomial"]?.integer(atLeast: 0),
      cells: try section["where"].map(selection) ?? Selection())
    let isTest = curve.y == .testAccuracy || curve.y == .testLoss
    guard isTest == (curve.x == .steps) else {
      throw x.outOfRange(isTest ? "'steps', for y is \(curve.y.rawValue)" : "'iteration'")
    }
    try checkRoom(
      cells.filter(curve.includes), at: node.place, section: "a figure of the report",
      axes: curve.separateAxes + [curve.by])
    return curve
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
      let position = [cell.metric] + axes.map(cell.text)
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
  public var separateAxes: [String] {
    ["algorithm", "dataset", "split", "way", "shot"].filter { $0 != by }
  }

  /// Whether `cell` has a line in one of the figures.
  public func includes(_ cell: Cell) -> Bool {
    cells.contains(cell) && (y.metric == nil || y.metric == cell.metric)
  }
}
