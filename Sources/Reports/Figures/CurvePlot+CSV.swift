extension CurvePlot {
  /// What is drawn, as numbers: `kind` is `measured`, `fit`, `published` or `level`.
  var csv: String {
    var text = CSV.line(["line", "kind", "x", "y", "lower", "upper"])
    for line in lines {
      for point in line.points {
        let bounds = point.halfWidth.map { ["\(point.y - $0)", "\(point.y + $0)"] } ?? ["", ""]
        text += CSV.line([line.name, "measured", "\(point.x)", "\(point.y)"] + bounds)
      }
      for point in line.fit {
        text += CSV.line(
          [line.name, "fit", "\(point.x)", "\(point.y)", "\(point.lower)", "\(point.upper)"])
      }
      for point in line.published {
        text += CSV.line([line.name, "published", "\(point.x)", "\(point.y)", "", ""])
      }
    }
    for level in levels { text += CSV.line([level.name, "level", "", "\(level.y)", "", ""]) }
    return text
  }
}
