import Kinds
import Measures
import Results
import Suites

extension CellRecord {
  /// What makes repeats of the cell differ, by what is registered of its algorithm. Of one that is not known here a
  /// record without any training has an initialization only.
  public var variesBy: Variation {
    guard let known = Catalog.standard.system(named: algorithm, of: kind),
      let dataset = Catalog.standard.dataset(named: dataset), let descriptions = known.settings(dataset)
    else { return training.isEmpty ? .initialization : .training }
    var settings = Settings(descriptions)
    let stored = resolved.values
    for entry in settings.entries {
      guard let text = stored["settings.\(entry.name)"], let value = entry.value.like(text)
      else { continue }
      settings.set(entry.name, to: value)
    }
    return known.variesBy(settings)
  }

  /// Whether both are one draw, tested twice: trained to the same numbers or, where neither was trained, begun with the
  /// same random numbers.
  func isOfSameDraw(as other: CellRecord) -> Bool {
    guard algorithm == other.algorithm else { return false }
    guard training.isEmpty, other.training.isEmpty else { return wasTrained(like: other) }
    return (dataset, split, repetition) == (other.dataset, other.split, other.repetition)
      && coordinates == other.coordinates && resolved.values["seed"] == other.resolved.values["seed"]
  }
}

extension SettingValue {
  /// A value of the same kind from what a configuration has; nil if it is of another.
  fileprivate func like(_ text: String) -> SettingValue? {
    switch self {
    case .integer: Int(text).map(SettingValue.integer)
    case .number: Double(text).map(SettingValue.number)
    case .text: .text(text)
    // JSON's true and false are read as numbers.
    case .flag: .flag(text == "1" || text == "true")
    }
  }
}
