import Episodes
import Kinds
import Measures

/// A cell while its suite is being read: overrides may still change it.
struct CellDraft {
  /// A setting, or a key of the test protocol, that the grid itself gives a value.
  struct Fixed {
    let name: String
    let value: SettingValue
  }

  let kind: RegisteredKind
  let system: RegisteredSystem
  let fixed: [Fixed]
  let dataset: DatasetDescription
  var split: String
  /// Whether the grid names the split, so that cells of several stand side by side.
  let isSplitOfGrid: Bool
  let axes: Settings
  let repetition: Int
  var training: Settings
  var test: Settings
  var settings: Settings
  var places: DraftPlaces
  var tuning: TuningDraft?

  var splitDescription: SplitDescription {
    guard let found = dataset.split(named: split) else {
      preconditionFailure("'\(split)' was checked to be a split of \(dataset.name)")
    }
    return found
  }

  /// The fixed settings, each with what it is where nothing is said.
  var distinctions: [CellDistinction] {
    let known = (system.settings(dataset) ?? []) + kind.description.testing
    return fixed.map { fixed in
      let description = known.first { $0.name == fixed.name }
      return CellDistinction(
        name: fixed.name, value: fixed.value, isStandard: fixed.value == description?.standard,
        noun: description?.noun)
    }
  }

  /// The fixed settings as part of a file name, joined by hyphens.
  var slug: String {
    distinctions.map { distinction in
      guard case .text(let text) = distinction.value else {
        return "\(distinction.name)\(distinction.value)"
      }
      return distinction.noun.map { "\($0)-\(text)".replacing(" ", with: "-") } ?? text
    }.joined(separator: "-")
  }

  func value(of key: String) -> SettingValue? {
    CellCoordinates(
      algorithm: system.name, dataset: dataset.name, split: split, axes: axes, repetition: repetition,
      test: test, fixable: kind.description.fixable, settings: settings
    ).value(of: key)
  }

  /// Everything that the suite says of the cell.
  private var values: CellValues {
    CellValues(
      system: system.name, dataset: dataset, split: splitDescription, axes: axes, training: training,
      testing: test, settings: settings,
      given: Set(places.values.keys).union(fixed.map { "fixed.\($0.name)" }), isTuned: tuning != nil)
  }

  /// What the kind makes of the cell.
  ///
  /// - Throws: `SuiteError` at the place of the value that is to blame.
  func plan() throws -> CellPlan {
    do {
      return try system.plan(values)
    } catch let error as PlanError {
      throw places.error(error, algorithm: system.name, dataset: dataset.name)
    }
  }
}
