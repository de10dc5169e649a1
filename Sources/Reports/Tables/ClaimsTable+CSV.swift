import Judgements

extension ClaimsTable {
  /// One line per decision, in the unit of results (accuracy in 0...1).
  public var csv: String {
    var text = CSV.line([
      "claim", "statement", "compared", "task", "metric", "kind", "value", "lower", "upper",
      "method", "unit", "counts", "repeats", "retrained_lower", "retrained_upper", "at_least",
      "at_most", "outcome", "needed", "retrained_outcome", "reason", "published",
    ])
    func list(_ values: [Int]?) -> String {
      (values ?? []).map(String.init).joined(separator: " ")
    }
    for decision in decisions {
      let measurement = decision.measurement
      let needed = if case .undecided(let count?) = decision.outcome { "\(count)" } else { "" }
      let reason = if case .notDecided(let text) = decision.outcome { unit.said(text) } else { "" }
      text += CSV.line([
        decision.claim.id, decision.claim.says, decision.compared, decision.task, decision.metric.name,
        measurement?.kind.rawValue ?? "", CSV.number(measurement?.value),
        CSV.number(measurement?.interval.lowerBound), CSV.number(measurement?.interval.upperBound),
        measurement?.method.rawValue ?? "", measurement?.unit.rawValue ?? "",
        list(measurement?.counts), list(measurement?.repeats),
        CSV.number(measurement?.retrained?.lowerBound), CSV.number(measurement?.retrained?.upperBound),
        CSV.number(decision.claim.atLeast), CSV.number(decision.claim.atMost), decision.outcome.name,
        needed, decision.retrained?.name ?? "", reason, decision.claim.published ?? "",
      ])
    }
    return text
  }
}
