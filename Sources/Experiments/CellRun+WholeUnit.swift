import Episodes
import Kinds

extension CellRun {
  /// What a unit gives, from its first step to its last.
  func wholeUnit(_ unit: Int, of part: Part, with learned: Learned) throws -> UnitOutcome {
    var state = try begin(unit: unit, of: part, with: learned)
    while true {
      if let outcome = try advance(&state, with: learned) { return outcome }
    }
  }
}
