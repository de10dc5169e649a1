import Kinds
import Measures

extension Cell {
  /// Every value that can change the cell's numbers, by the name under which ``Suite/origin(of:in:)``
  /// tells where it is said.
  public var values: [(name: String, value: String)] {
    func texts(_ prefix: String, _ settings: Settings) -> [(String, String)] {
      settings.entries.filter { !$0.isOff }.map { ("\(prefix)\($0.name)", "\($0.value)") }
    }
    let chosen = tuning.map { tuning in
      tuning.names.map { name in
        ("settings.\(name)", "chosen of \(tuning.values(of: name).map(\.description).joined(separator: ", "))")
      }
    }
    return [("kind", kind), ("algorithm", algorithm)] + texts("settings.", settings) + (chosen ?? [])
      + [("dataset", dataset), ("split", split)] + texts("", axes) + [("repeat", "\(repetition)")]
      + texts("train.", training) + texts("test.", test) + [("seed", "\(seed)"), ("version", "\(version)")]
  }
}

extension Settings.Entry {
  /// Whether it is a number that came later and is left at its default, where it does nothing.
  fileprivate var isOff: Bool {
    switch value {
    case .integer, .number: isImplied
    case .text, .flag: false
    }
  }
}
