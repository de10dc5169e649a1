import Measures

/// A sheet of curves with their uncertainty, drawn panel by panel on common axes.
struct CurveSheetPlot {
  private static let gap = 12.0
  private static let top = 26.0
  private static let left = 40.0

  private let sheet: CurveSheet
  private let x: Axis
  private let y: Axis

  init(_ sheet: CurveSheet) {
    self.sheet = sheet
    x = Axis(holding: sheet.panels.flatMap(\.x), count: 4)
    y = Axis(
      holding: sheet.panels.flatMap { panel in
        panel.truth.map(\.y) + panel.told.map(\.y) + Self.band(panel, 2) + Self.band(panel, -2)
      }, count: 4)
  }

  /// The mean and so many deviations.
  private static func band(_ panel: CurveSheet.Panel, _ deviations: Double) -> [Double] {
    zip(panel.mean, panel.deviation).map { $0 + deviations * $1 }
  }

  var drawing: SVG {
    let columns = sheet.columns
    let rows = (sheet.panels.count + columns - 1) / columns
    let width = (RowPlot.width - Self.left - Self.gap * Double(columns)) / Double(columns)
    let height = width * 0.8
    var svg = SVG(
      width: RowPlot.width, height: Double(rows) * (height + Self.top + Self.gap) + 24)
    for (index, panel) in sheet.panels.enumerated() {
      let (row, column) = (index / columns, index % columns)
      let frame = Frame(
        left: Self.left + Double(column) * (width + Self.gap),
        top: Self.top + Double(row) * (height + Self.top + Self.gap), width: width, height: height, x: x, y: y)
      draw(panel, in: frame, isFirst: column == 0, isLast: row == rows - 1, into: &svg)
    }
    return svg
  }

  private func draw(_ panel: CurveSheet.Panel, in frame: Frame, isFirst: Bool, isLast: Bool, into svg: inout SVG) {
    for tick in y.ticks {
      let place = frame.place(x.range.lowerBound, tick)
      svg.line(place.x, place.y, frame.left + frame.width, place.y, "grid")
      if isFirst { svg.text(y.text(tick), place.x - 6, place.y + 5, .end, "quiet small") }
    }
    if isLast {
      // Those at the ends would meet the neighbours'.
      for tick in x.ticks.dropFirst().dropLast() {
        svg.text(x.text(tick), frame.place(tick, 0).x, frame.top + frame.height + 18, .middle, "quiet small")
      }
    }
    svg.text(panel.heading, frame.left + frame.width / 2, frame.top - 8, .middle, "small")
    let (above, below) = (Self.band(panel, 2), Self.band(panel, -2))
    let outline = zip(panel.x, above).map { frame.place($0, $1) } + zip(panel.x, below).reversed().map { frame.place($0, $1) }
    svg.polygon(outline, "band")
    svg.polyline(panel.truth.map { frame.place($0.x, $0.y) }, "mean")
    svg.polyline(zip(panel.x, panel.mean).map { frame.place($0, $1) }, "bar")
    for point in panel.told {
      let place = frame.place(point.x, point.y)
      svg.circle(place.x, place.y, radius: 4, "ring")
    }
  }

  /// The numbers, a line for each place of each panel.
  var csv: String {
    var text = CSV.line(["panel", "series", "x", "value", "deviation"])
    for panel in sheet.panels {
      for point in panel.told { text += CSV.line([panel.heading, "told", "\(point.x)", "\(point.y)", ""]) }
      for point in panel.truth { text += CSV.line([panel.heading, "truth", "\(point.x)", "\(point.y)", ""]) }
      for (index, place) in panel.x.enumerated() {
        text += CSV.line([
          panel.heading, "expected", "\(place)", "\(panel.mean[index])", "\(panel.deviation[index])",
        ])
      }
    }
    return text
  }
}

/// Where a panel is, and what it shows.
private struct Frame {
  let left: Double, top: Double, width: Double, height: Double
  let x: Axis, y: Axis

  /// A point of the panel on the drawing; what is beyond it, or no number, is at its edge.
  func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      guard !value.isNaN else { return 0 }
      return min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    }
    return (left + share(x, self.x.range) * width, top + (1 - share(y, self.y.range)) * height)
  }
}
