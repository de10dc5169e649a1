import Kinds
import Measures
import Randomness

extension SuiteParser {
  /// The section `tune`: values of settings of which every cell of a system chooses, and what that may cost.
  func applyTuning(_ node: SuiteNode?, to drafts: inout [CellDraft], seed: UInt64) throws {
    guard let section = try node?.section() else { return }
    try section.allow(["budget", "at", OutcomeAxis.steps, "reduce"] + kind.systems.map(\.name))
    let example = "budget: { trials: 4, \(hasIterations ? "iterations: 500, " : "")units: 100 }"
    let budget = try budget(section.required("budget", example: example), for: nil)
    let measure = try measure(section)
    for entry in section.entries {
      guard let system = kind.system(named: entry.key) else { continue }
      for choice in try entry.value.nonEmptyValues() {
        let inside = try choice.section()
        try inside.allow(["when", "budget"] + system.settingNames)
        let own = try inside["budget"].map { try self.budget($0, for: budget) }
        let when = try inside["when"].map(selection) ?? Selection()
        let matched = drafts.indices.filter {
          drafts[$0].system.name == system.name && when.contains(drafts[$0].value)
        }
        guard !matched.isEmpty else { throw SuiteError.matchesNothing(choice.place, section: "tune") }
        for index in matched {
          try choose(
            from: inside, own ?? budget, isOwn: own != nil, measure, at: choice.place, seed: seed,
            for: &drafts[index])
        }
      }
    }
  }

  /// Throws where settings are to be chosen by a place that the judged outcome of no such cell has.
  func checkTuning(_ node: SuiteNode?, cells: [Cell]) throws {
    guard let section = try node?.section() else { return }
    try checkPlaces(section, of: nil, among: cells.filter { $0.tuning != nil })
  }

  /// Whether the kind trains for a number of iterations.
  private var hasIterations: Bool {
    kind.description.training.contains { $0.name == KindDescription.iterationsKey }
  }

  private func budget(_ node: SuiteNode, for all: Tuning.Budget?) throws -> Tuning.Budget {
    let section = try node.section()
    try section.allow(["trials", "units"] + (hasIterations ? [KindDescription.iterationsKey] : []))
    func number(_ key: String, _ least: Int, _ shared: Int?) throws -> Int {
      if let shared, section[key] == nil { return shared }
      return try section.required(key, example: "\(key): 100").integer(atLeast: least, atMost: 1_000_000_000)
    }
    return Tuning.Budget(
      trials: try number("trials", 2, all?.trials),
      iterations: hasIterations ? try number(KindDescription.iterationsKey, 1, all?.iterations) : nil,
      units: try number("units", 2, all?.units))
  }

  /// Gives a draft its trials: of the settings that its dataset has and that its entry of the grid leaves
  /// open.
  private func choose(
    from section: SuiteSection, _ budget: Tuning.Budget, isOwn: Bool, _ measure: Measure,
    at place: SourcePlace, seed: UInt64, for draft: inout CellDraft
  ) throws {
    let known = draft.system.settings(draft.dataset) ?? []
    var combinations = [Coordinates([])]
    for entry in section.entries {
      guard let description = known.first(where: { $0.name == entry.key }),
        !draft.fixed.contains(where: { $0.name == entry.key })
      else { continue }
      let name = "settings.\(entry.key)"
      if let said = draft.places.values[name] {
        throw SuiteError.chosenByTuning(said.place, key: entry.key, algorithm: draft.system.name)
      }
      draft.places.values[name] = ValueOrigin(entry.value)
      let values = try values(entry.value, of: description)
      combinations = combinations.flatMap { combination in
        values.map { Coordinates(combination.entries + [.init(entry.key, $0)]) }
      }
    }
    guard combinations[0].entries.count > 0 else { return }
    guard combinations.count >= budget.trials else {
      throw SuiteError.tooFewTrials(
        place, algorithm: draft.system.name, combinations: combinations.count, trials: budget.trials)
    }
    // Of more, some are drawn: the same for every cell of the system.
    var random = RandomStream(seed: seed).child("tune/\(draft.system.name)").generator()
    let chosen = random.sample(budget.trials, from: combinations.count).sorted()
    draft.tuning = TuningDraft(
      budget: budget, isOwnBudget: isOwn, measure: measure, trials: chosen.map { combinations[$0] })
  }

  private func values(_ node: SuiteNode, of description: SettingDescription) throws -> [SettingValue] {
    try node.nonEmptyValues().reduce(into: []) { values, node in
      let value = try node.value(of: description)
      guard !values.contains(value) else {
        throw SuiteError.duplicateName(node.place, kind: "value", name: "\(value)")
      }
      values.append(value)
    }
  }
}
