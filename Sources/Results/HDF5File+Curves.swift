import Measures
import Storage

/// Sheets of curves below `/curves`, where there are any.
extension HDF5File {
  func write(_ sheets: [CurveSheet]) throws {
    guard !sheets.isEmpty else { return }
    try setAttribute("curves", sheets.map(\.name).joined(separator: "\n"))
    for sheet in sheets {
      let (group, panels) = ("/curves/\(sheet.name)", sheet.panels)
      try setAttribute("\(sheet.name): title", sheet.title)
      try setAttribute("\(sheet.name): caption", sheet.caption)
      try setAttribute("\(sheet.name): columns", sheet.columns)
      try setAttribute("\(sheet.name): headings", panels.map(\.heading).joined(separator: "\n"))
      let places = [panels.count, panels[0].x.count]
      try write("\(group)/x", panels.flatMap(\.x), shape: places)
      try write("\(group)/mean", panels.flatMap(\.mean), shape: places)
      try write("\(group)/deviation", panels.flatMap(\.deviation), shape: places)
      try write("\(group)/truth", panels.map(\.truth))
      try write("\(group)/told", panels.map(\.told))
    }
  }

  /// Points of every panel, `[panels, points, 2]`; where one has fewer than others, the rest is NaN.
  private func write(_ name: String, _ points: [[CurveSheet.Point]]) throws {
    let most = points.map(\.count).max() ?? 0
    let numbers = points.flatMap { panel in
      panel.flatMap { [$0.x, $0.y] } + Array(repeating: Double.nan, count: 2 * (most - panel.count))
    }
    try write(name, numbers, shape: [points.count, most, 2])
  }

  func readCurves() throws -> [CurveSheet] {
    guard let names = try text(attribute: "curves") else { return [] }
    return try sheetNames(names, in: "curves").map(curves)
  }

  private func curves(_ name: String) throws -> CurveSheet {
    let group = "/curves/\(name)"
    let headings = try requiredText("\(name): headings").split(separator: "\n").map(String.init)
    func rows(_ part: String) throws -> [[Double]] {
      let (shape, values) = try doubles("\(group)/\(part)")
      guard shape.count >= 2, shape[0] == headings.count, !headings.isEmpty else {
        throw inconsistent("'\(name)' is no sheet of curves")
      }
      let width = values.count / shape[0]
      return (0..<shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
    func points(_ part: String) throws -> [[CurveSheet.Point]] {
      try rows(part).map { row in
        let points = stride(from: 0, to: row.count - 1, by: 2).filter { !row[$0].isNaN }
        try check(finite: points.flatMap { [row[$0], row[$0 + 1]] }, in: "\(group)/\(part)")
        return points.map { CurveSheet.Point(x: row[$0], y: row[$0 + 1]) }
      }
    }
    let (x, mean, deviation) = (try rows("x"), try rows("mean"), try rows("deviation"))
    for (part, rows) in [("x", x), ("mean", mean), ("deviation", deviation)] {
      try check(finite: rows.flatMap(\.self), in: "\(group)/\(part)")
    }
    let columns = try requiredCount("\(name): columns")
    try check([columns], in: "\(name): columns", are: "columns, one at least,") { (1...1000).contains($0) }
    let (told, truth) = (try points("told"), try points("truth"))
    let sizes = Set((x + mean + deviation).map(\.count))
    guard sizes.count == 1, Set(truth.map(\.count)).count == 1 else {
      throw inconsistent("the panels of '\(name)' differ in size")
    }
    return CurveSheet(
      name: name, title: try requiredText("\(name): title"), caption: try requiredText("\(name): caption"),
      columns: columns,
      panels: headings.indices.map {
        CurveSheet.Panel(
          heading: headings[$0], told: told[$0], truth: truth[$0], x: x[$0], mean: mean[$0], deviation: deviation[$0])
      })
  }
}
