/// What can be wrong with a suite file: where, what, and how to mend it.
public enum SuiteError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// The text is not YAML.
  case invalidYAML(SourcePlace, problem: String)
  /// A key stands twice in one section.
  case duplicateKey(SourcePlace, key: String)
  /// A key means nothing where it stands.
  case unknownKey(SourcePlace, key: String, section: String, nearest: String?, known: [String])
  /// A key that must be given is not.
  case missingKey(SourcePlace, key: String, section: String, example: String)
  /// A value is of the wrong kind.
  case wrongType(SourcePlace, key: String, expected: String, found: String)
  /// A value is of the right kind, but cannot be.
  case outOfRange(SourcePlace, key: String, value: String, allowed: String)
  /// Nothing is called so.
  case unknownName(SourcePlace, kind: String, name: String, nearest: String?, known: [String])
  /// No test of the cells that are meant will tell an outcome.
  case notTold(SourcePlace, outcome: String, nearest: String?, known: [String])
  /// Something stands twice in a list.
  case duplicateName(SourcePlace, kind: String, name: String)
  /// A key of an override belongs to two sections.
  case ambiguousKey(SourcePlace, key: String)
  /// Keys that exclude each other are both given.
  case conflictingKeys(SourcePlace, keys: [String], section: String)
  /// An override would change what an entry of the grid says.
  case fixedByGrid(SourcePlace, key: String, algorithm: String)
  /// A setting is given a value, and is to be chosen.
  case chosenByTuning(SourcePlace, key: String, algorithm: String)
  /// There are fewer choices of values than trials.
  case tooFewTrials(SourcePlace, algorithm: String, combinations: Int, trials: Int)
  /// No outcome of a kind has an axis of that name.
  case foreignAxis(SourcePlace, axis: String, kind: String, known: [String])
  /// A setting exists for other kinds of tasks only.
  case settingOfAnotherKind(SourcePlace, key: String, algorithm: String, dataset: String)
  /// An algorithm cannot learn a dataset's tasks.
  case unsupported(SourcePlace, algorithm: String, dataset: String, isRegression: Bool)
  /// There can be no such cell; its kind says why, in a sentence.
  case impossiblePlan(SourcePlace, String)
  /// A dataset gives nothing that a kind of experiment needs.
  case foreignDataset(SourcePlace, dataset: String, kind: String, known: [String])
  /// An algorithm cannot be made for a dataset with such settings; it says why itself.
  case impossible(SourcePlace, algorithm: String, dataset: String, reason: String)
  /// A grid has more cells than anyone could run, before any are excluded.
  case tooManyCells(SourcePlace, section: String, cells: Double, repeats: Int, most: Int)
  /// Two cells of the grid are the same.
  case duplicateCell(SourcePlace, cell: String)
  /// Conditions select no cell.
  case matchesNothing(SourcePlace, section: String)
  /// No two cells of a claim's sides were tested alike.
  case nothingToCompare(SourcePlace, claim: String)
  /// Different cells share a place in a table or a line of a figure.
  case crowdedReport(SourcePlace, section: String, first: String, second: String, differsIn: String)
  /// Nothing is left to run.
  case noCells(SourcePlace)

  /// Where the error is; nil if the file could not be read at all.
  public var place: SourcePlace? {
    switch self {
    case .unreadable: nil
    case .invalidYAML(let place, _), .duplicateKey(let place, _),
      .unknownKey(let place, _, _, _, _), .missingKey(let place, _, _, _),
      .wrongType(let place, _, _, _), .outOfRange(let place, _, _, _),
      .unknownName(let place, _, _, _, _), .notTold(let place, _, _, _),
      .duplicateName(let place, _, _),
      .ambiguousKey(let place, _), .conflictingKeys(let place, _, _),
      .fixedByGrid(let place, _, _), .chosenByTuning(let place, _, _),
      .tooFewTrials(let place, _, _, _), .foreignAxis(let place, _, _, _), .settingOfAnotherKind(let place, _, _, _),
      .unsupported(let place, _, _, _), .impossiblePlan(let place, _),
      .foreignDataset(let place, _, _, _), .impossible(let place, _, _, _),
      .tooManyCells(let place, _, _, _, _), .duplicateCell(let place, _), .matchesNothing(let place, _),
      .nothingToCompare(let place, _), .crowdedReport(let place, _, _, _, _), .noCells(let place):
      place
    }
  }

  /// A sentence: where, what, and how to mend it.
  public var description: String {
    guard let place else {
      guard case .unreadable(let file, let reason) = self else { return sentence }
      return "\(file): cannot read the suite: \(reason)"
    }
    return "\(place): \(sentence)"
  }

  private var sentence: String {
    switch self {
    case .unreadable(_, let reason):
      return reason
    case .invalidYAML(_, let problem):
      return "not valid YAML: \(problem)."
    case .duplicateKey(_, let key):
      return "the key '\(key)' stands twice in one section; this is the first. Keep one of them."
    case .unknownKey(_, let key, let section, let nearest, let known):
      return "unknown key '\(key)' in \(section). " + Self.hint(nearest, known)
    case .missingKey(_, let key, let section, let example):
      return "\(section) lacks the key '\(key)'. Add, for example, '\(example)'."
    case .wrongType(_, let key, let expected, let found):
      return "'\(key)' must be \(expected), but is \(found)."
    case .outOfRange(_, let key, let value, let allowed):
      return "'\(key)' is \(value), but must be \(allowed)."
    case .unknownName(_, let kind, let name, let nearest, let known):
      return "unknown \(kind) '\(name)'. " + Self.hint(nearest, known)
    case .notTold(_, let outcome, let nearest, let known):
      return "the tests of these cells do not tell '\(outcome)'. " + Self.hint(nearest, known)
    case .duplicateName(_, let kind, let name):
      return "the \(kind) '\(name)' is listed twice. Keep one of them."
    case .ambiguousKey(_, let key):
      return "'\(key)' could belong to 'train' or to 'test'. "
        + "Write 'train: { \(key): ... }' or 'test: { \(key): ... }'."
    case .conflictingKeys(_, let keys, let section):
      let names = keys.map { "'\($0)'" }.joined(separator: " and ")
      return "\(section) has \(names), which exclude each other. Keep one of them."
    case .fixedByGrid(_, let key, let algorithm):
      return "the grid fixes '\(key)' of \(algorithm), so an override may not change it. "
        + "Change the grid's entry, or narrow 'when'."
    case .chosenByTuning(_, let key, let algorithm):
      return "'\(key)' of \(algorithm) is given a value here, and 'tune' lets the cell choose it. Keep one of "
        + "them, or narrow the entry of 'tune' with 'when'."
    case .tooFewTrials(_, let algorithm, let combinations, let trials):
      return "\(algorithm) has \(combinations) choices of values here, and the budget is \(trials) trials. Name "
        + "more values, or give it a budget of its own: 'budget: { trials: \(max(2, combinations)) }'."
    case .foreignAxis(_, let axis, let kind, let known):
      return "no outcome of the kind '\(kind)' has an axis '\(axis)'. " + Self.hint(nearestName(to: axis, among: known), known)
    case .settingOfAnotherKind(_, let key, let algorithm, let dataset):
      return "\(algorithm) has a setting '\(key)', but not for the tasks of \(dataset). "
        + "Narrow 'when' with a dataset."
    case .unsupported(_, let algorithm, let dataset, let isRegression):
      let kind = isRegression ? "regression" : "classification"
      return "\(algorithm) cannot learn \(kind), which the tasks of \(dataset) are. "
        + "Add 'exclude: [ { algorithm: \(algorithm), dataset: \(dataset) } ]'."
    case .impossiblePlan(_, let sentence):
      return sentence
    case .foreignDataset(_, let dataset, let kind, let known):
      return "\(dataset) has no tasks for experiments of the kind '\(kind)'. Choose another dataset, such as "
        + "\(known.joined(separator: ", "))."
    case .impossible(_, let algorithm, let dataset, let reason):
      return "\(algorithm) cannot learn \(dataset) with these settings: \(reason)"
    case .tooManyCells(_, let section, let cells, let repeats, let most):
      return "\(section) makes \(SuiteNumber.text(cells)) cells, and \(most) are the most. "
        + (repeats > 1 ? "Lower 'repeat', or split" : "Split") + " the grid over several suites."
    case .duplicateCell(_, let cell):
      return "the grid holds the cell '\(cell)' twice. Remove one of the equal values."
    case .matchesNothing(_, let section):
      return "this entry of '\(section)' matches no cell of the grid. Correct it or remove it."
    case .nothingToCompare(_, let claim):
      return "claim '\(claim)' has nothing to compare: no two cells of its sides have the same "
        + "dataset, split, way and shot. Name in both sides what should differ, for example "
        + "'left: { shot: 5 }, minus: { shot: 1 }'."
    case .crowdedReport(_, let section, let first, let second, let differsIn):
      return "'\(first)' and '\(second)' fall on the same place in \(section). "
        + "Add '\(differsIn)' to its axes, or narrow it with 'where'."
    case .noCells:
      return "the suite has no cells: 'exclude' removes all of them."
    }
  }

  private static func hint(_ nearest: String?, _ known: [String]) -> String {
    if let nearest { return "Did you mean '\(nearest)'?" }
    return known.isEmpty ? "Nothing is allowed here." : "Known: \(known.joined(separator: ", "))."
  }
}
