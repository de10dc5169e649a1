import Episodes
import Measures

/// A run whose units are done in one step, as test episodes are: nothing has to be archived of them.
public protocol OneStepRun: CellRun where UnitState == UnitPlace {
  /// What a unit gives.
  func outcome(ofUnit unit: Int, of part: Part, with learned: Learned) throws -> UnitOutcome
}

/// Which unit it is.
public struct UnitPlace: Sendable {
  /// Its number within the part.
  public let unit: Int
  /// The part of the dataset that it is drawn from.
  public let part: Part

  /// A place from its parts.
  public init(unit: Int, part: Part) {
    self.unit = unit
    self.part = part
  }

  /// The archived state; nil if this is not an archive of a unit. The archive may hold more besides.
  public init?(_ archive: Archive) {
    guard let unit = archive.integers["unit"], let part = archive.integers["part"],
      unit >= 0, Part.allCases.indices.contains(part)
    else { return nil }
    self.init(unit: unit, part: Part.allCases[part])
  }

  /// The place as an archive.
  public var archive: Archive {
    Archive(integers: ["unit": unit, "part": Part.allCases.firstIndex(of: part)!])
  }
}

extension OneStepRun {
  public var stepsPerUnit: Int { 1 }

  public func begin(unit: Int, of part: Part, with learned: Learned) -> UnitPlace {
    UnitPlace(unit: unit, part: part)
  }

  public func advance(_ state: inout UnitPlace, with learned: Learned) throws -> UnitOutcome? {
    try outcome(ofUnit: state.unit, of: state.part, with: learned)
  }

  public func archive(_ state: UnitPlace) -> Archive { state.archive }

  public func unitState(from archive: Archive) -> UnitPlace? { UnitPlace(archive) }
}
