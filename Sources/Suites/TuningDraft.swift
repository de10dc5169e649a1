import Kinds
import Measures

/// What a cell chooses on validation units, while its suite is being read.
struct TuningDraft {
  let budget: Tuning.Budget
  let isOwnBudget: Bool
  let measure: Measure
  /// The values of each trial.
  let trials: [Coordinates]

  /// As part of a cell's configuration.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "trials": .list(
        trials.map { trial in
          .object(Dictionary(uniqueKeysWithValues: trial.entries.map { ($0.name, JSONValue($0.value)) }))
        }),
      "units": JSONValue(budget.units),
    ]
    members["iterations"] = budget.iterations.map(JSONValue.init)
    if !measure.at.isEmpty { members["at"] = .object(measure.at.mapValues(JSONValue.number)) }
    if measure.reduction != .last { members["reduce"] = .text(measure.reduction.rawValue) }
    return .object(members)
  }
}

extension CellDraft {
  /// The trials with their plans; nil where nothing is chosen.
  ///
  /// - Throws: `SuiteError` at the place of the value that is to blame.
  func tuned() throws -> Tuning? {
    guard let tuning else { return nil }
    return Tuning(
      budget: tuning.budget, isOwnBudget: tuning.isOwnBudget, measure: tuning.measure,
      trials: try tuning.trials.map { values in
        var whole = self
        for entry in values.entries { whole.settings.set(entry.name, to: entry.value) }
        var short = whole
        if let iterations = tuning.budget.iterations {
          short.training.set(KindDescription.iterationsKey, to: .integer(iterations))
        }
        return Tuning.Trial(values: values, plan: try short.plan(), whole: try whole.plan())
      })
  }
}
