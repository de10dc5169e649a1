import Episodes
import Kinds

/// The words for sequences in ids, headings and footnotes.
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

  public func streams(of system: System) -> [StreamUse] {
    let student = StreamUse(.noise, "what the system draws, if it does, on test sequence i", at: "test (i)")
    guard isTrained(system) else { return [student] }
    return [
      StreamUse(.weights, "initial parameters, by layer", at: "cell"),
      StreamUse(.order, "sequence k of iteration i", at: "sequence (i, k)"),
      StreamUse(.noise, "what the system draws, if it does, in iteration i", at: "training (i)"), student,
    ]
  }
}
