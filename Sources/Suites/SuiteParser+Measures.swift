import Measures

extension SuiteParser {
  /// The place that a section asks for: `at: { showing: 2 }`, `reduce: mean`, or `steps: 1` for
  /// `at: { steps: 1 }`.
  func measure(_ section: SuiteSection) throws -> Measure {
    var measure = Measure.after(steps: try section[OutcomeAxis.steps].map(steps))
    for entry in try places(section) { measure.at[entry.key] = try place(entry.value) }
    measure.reduction = try reduction(section)
    return measure
  }

  /// The places that a table asks for, each a column: every combination of the coordinates in `at`, the last
  /// axis innermost. Empty for the last place.
  func measures(_ section: SuiteSection) throws -> [Measure] {
    let steps = try section[OutcomeAxis.steps]?.nonEmptyValues().map(steps)
    let entries = try places(section)
    let start = Measure(
      outcome: try section["outcome"].map(outcome), reduction: try reduction(section))
    guard steps != nil || !entries.isEmpty || start != .standard else { return [] }
    let first = steps?.map { step in
      Measure(outcome: start.outcome, at: Measure.after(steps: step).at, reduction: start.reduction)
    } ?? [start]
    return try entries.reduce(first) { measures, entry in
      let places = try entry.value.nonEmptyValues().map(place)
      return measures.flatMap { measure in
        places.map { place in
          var measure = measure
          measure.at[entry.key] = place
          return measure
        }
      }
    }
  }

  /// The name of something that tests tell, the judged outcome or another.
  func outcome(_ node: SuiteNode) throws -> String {
    try node.name(of: "outcome", among: outcomeNames())
  }

  /// What suites may call an outcome, besides `more`.
  func outcomeNames(_ more: String...) -> [String] {
    let recorded = kind.description.outcomes + kind.systems.flatMap { $0.records + $0.retiredRecords }
    return (more + recorded).distinct()
  }

  /// The entries of `at`, which name axes that outcomes of the kind may have.
  private func places(_ section: SuiteSection) throws -> [SuiteSection.Entry] {
    guard let at = try section["at"]?.section() else { return [] }
    try at.allow(kind.description.outcomeAxes)
    return at.entries
  }

  /// A number of adaptation steps.
  private func steps(_ node: SuiteNode) throws -> Int {
    guard kind.description.outcomeAxes.contains(OutcomeAxis.steps) else {
      throw SuiteError.foreignAxis(
        node.place, axis: OutcomeAxis.steps, kind: kind.description.name, known: kind.description.outcomeAxes)
    }
    let steps = try node.integer(atLeast: 0, atMost: 1_000_000)
    _ = try place(node)
    return steps
  }

  /// A coordinate on an axis.
  private func place(_ node: SuiteNode) throws -> Double {
    let place = try node.number()
    guard abs(place) < 1e9 else { throw node.outOfRange("a place on an axis, below a thousand millions") }
    return place
  }

  private func reduction(_ section: SuiteSection) throws -> Measure.Reduction {
    guard let node = section["reduce"] else { return .last }
    let names = Measure.Reduction.allCases.map(\.rawValue)
    return Measure.Reduction(rawValue: try node.name(of: "reduction", among: names))!
  }
}
