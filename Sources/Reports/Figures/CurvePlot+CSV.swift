extension CurvePlot {
  /// What is drawn, as numbers: `kind` is `measured`, `fit`, `published` or `level`; and what was left out,
  /// for it went out of bounds: `left out`.
  var csv: String {
    var text = CSV.line(["line", "kind", "x", "y", "lower", "upper"])
    for line in lines {
      let measured = line.points.map { (kind: "measured", point: $0) }
        + line.leftOut.map { (kind: "left out", point: $0) }
      for (kind, point) in measured {
        text += CSV.line(
          [
            line.name, kind, "\(point.x)", CSV.number(point.y),
            CSV.number(point.interval?.lowerBound), CSV.number(point.interval?.upperBound),
          ])
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
