import Judgements
import Kinds
import Measures
import Results
import Suites

extension ReportTable {
  /// Which settings cells chose on validation units, and what that cost; nil if none did.
  var tuned: String? {
    var parts: [String] = []
    for row in rows {
      // A column for each place of one cell says the same.
      var seen: Set<String> = []
      for entry in row.entries {
        guard let family = entry?.family, let words = family.tuned, seen.insert(family.cell.family).inserted
        else { continue }
        let place = Set(columns.map(\.values)).count == 1 ? "" : ", \(family.cell.words)"
        parts.append("\(name(of: row))\(place): \(words)")
      }
    }
    guard !parts.isEmpty, let unit = entries.first?.family.cell.plan.description.unit.plural else { return nil }
    return "Settings chosen on validation \(unit), before each training: \(parts.joined(separator: "; "))."
  }
}

extension CellFamily {
  /// As in `rate 0.1 (2 repeats) or 1.0 (1), of 0.01, 0.1 and 1.0 in 3 trials of 500 iterations, ...`.
  fileprivate var tuned: String? {
    let records = done.compactMap(\.tuning)
    guard let tuning = cell.tuning, !records.isEmpty else { return nil }
    let chosen = records.map { record in
      record.values.entries.map { "\($0.name) \($0.value)" }.joined(separator: " with ")
    }
    let distinct = chosen.distinct()
    let counted = distinct.count == 1
      ? distinct
      : distinct.map { words in "\(words) (\(chosen.count { $0 == words }.counted("repeat")))" }
    let values = tuning.names.map { name in
      let texts = tuning.values(of: name).map(\.description).joined(separator: ", ")
      return tuning.names.count == 1 ? "of \(texts)" : "\(name) of \(texts)"
    }
    return "\(Format.list(counted)), \(values.joined(separator: "; ")) (\(cost(tuning.budget, records))"
      + (tuning.isOwnBudget ? "; a budget of its own)" : ")")
  }

  /// As in `3 trials of 500 iterations and 100 episodes, 12 s`.
  private func cost(_ budget: Tuning.Budget, _ records: [TuningRecord]) -> String {
    let unit = cell.plan.description.unit
    let length = budget.iterations.flatMap { cell.plan.isTrained ? "\($0.counted("iteration")) and " : nil } ?? ""
    let seconds = records.map(\.seconds).reduce(0, +) / Double(records.count)
    return "\(budget.trials.counted("trial")) of \(length)\(budget.units.grouped) \(unit.plural), "
      + "\(Format.fixed(seconds, seconds < 10 ? 1 : 0)) s"
  }
}
