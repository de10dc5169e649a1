import Episodes
import Measures

/// One cell being run: how it learns, and what each of its units gives.
///
/// Everything is a function of state and index, so that a run may be stopped anywhere and resume from what
/// was archived, to the same bits.
public protocol CellRun: LearnedArchives, Sendable {
  /// Where a unit stands between two of its steps.
  associatedtype UnitState: Sendable

  // MARK: Training

  /// The state before training.
  func begin() -> Learned

  /// Makes one more iteration, counted from 0.
  ///
  /// - Returns: The loss that it saw. One that is not finite ends the cell as diverged.
  func train(_ learned: inout Learned, iteration: Int) throws -> Double

  /// The score of one unit of a validation in training. By default: that of a whole unit of the
  /// validation part.
  func validationScore(ofUnit unit: Int, with learned: Learned) throws -> Double

  // MARK: Units

  /// The steps that a unit has, for progress and estimates of time.
  var stepsPerUnit: Int { get }

  /// The digest of a unit's content, which depends on no system.
  func digest(ofUnit unit: Int, of part: Part) throws -> UInt64

  /// A unit before its first step.
  func begin(unit: Int, of part: Part, with learned: Learned) throws -> UnitState

  /// One more step of a unit, a few seconds long at most.
  ///
  /// - Returns: The outcome, or nil if the unit has further steps.
  func advance(_ state: inout UnitState, with learned: Learned) throws -> UnitOutcome?

  /// What people may want to look at of some test units. None unless told otherwise.
  ///
  /// Results keep what the first repeat shows, reports draw it, and no number comes of it.
  func pictures(with learned: Learned) throws -> [PictureSheet]

  /// The same, as curves with what is expected of them, under names of their own.
  func curves(with learned: Learned) throws -> [CurveSheet]

  // MARK: Archives

  /// Everything a unit needs to resume.
  func archive(_ state: UnitState) -> Archive
  /// What was archived; nil if it is not of this system.
  func unitState(from archive: Archive) -> UnitState?
}

extension CellRun {
  public func validationScore(ofUnit unit: Int, with learned: Learned) throws -> Double {
    try wholeUnit(unit, of: .validation, with: learned).score
  }

  public func pictures(with learned: Learned) -> [PictureSheet] { [] }

  public func curves(with learned: Learned) -> [CurveSheet] { [] }

  /// What a unit gives, from its first step to its last.
  public func wholeUnit(_ unit: Int, of part: Part, with learned: Learned) throws -> UnitOutcome {
    var state = try begin(unit: unit, of: part, with: learned)
    while true {
      if let outcome = try advance(&state, with: learned) { return outcome }
    }
  }
}
