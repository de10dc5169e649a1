import Episodes
import Kinds

/// How sequences are spoken of in ids, headings and footnotes.
extension OnlineSequences {
  public var slug: String {
    isRegression ? "\(shape.showings)points" : "\(shape.classes)classes-\(shape.showings)showings"
  }

  public var words: String {
    isRegression ? "\(shape.showings) points" : "\(shape.classes) classes shown \(shape.showings) times"
  }

  public func words(of axis: String) -> String {
    switch axis {
    case Keys.classes.name: isRegression ? "" : "\(shape.classes) classes"
    case Keys.showings.name: "\(shape.showings) \(isRegression ? "points" : "showings")"
    default: ""
    }
  }

  public var chance: Double? { isRegression ? nil : 1 / Double(shape.classes) }

  public var answers: Int? { isRegression ? nil : shape.classes }

  public func facts(of system: System) -> [CellFact] {
    let training =
      isTrained(system)
      ? "\(values.training[Keys.iterations]) updates on \(batch) sequences each" : "not trained"
    return [
      CellFact(.units, "steps", "\(shape.length)"),
      CellFact(.training, "Training", training),
    ]
  }

  public func trainingStreams(of system: System) -> [(purpose: String, address: String)] {
    [("sequence k of iteration i", "sequence (i, k)")]
  }
}
