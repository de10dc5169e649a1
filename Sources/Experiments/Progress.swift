import Suites

/// How far a cell has come.
public struct Progress: Sendable {
  /// What a cell is busy with.
  public enum Phase: Sendable, Equatable { case tuning, training, testing }

  /// The cell that this is about.
  public let cell: Cell
  /// What it is busy with.
  public let phase: Phase
  /// Trials of settings, training iterations or steps of test units done, of `total`.
  public let done: Int
  /// All trials, iterations or steps.
  public let total: Int
  /// The steps of one unit; 1 where something else is counted.
  public var stepsPerUnit = 1
  /// The training loss of the last iteration; nil while testing.
  public let loss: Double?
  /// The mean validation or test score so far; of trials, the best.
  public let score: Double?
}

/// What a run tells while it goes on. Calls may come from several threads.
public struct RunObserver: Sendable {
  /// A cell began, at this iteration (not 0 where it goes on from a checkpoint).
  public var began: @Sendable (_ cell: Cell, _ iteration: Int) -> Void
  /// A cell begins anew although it has a checkpoint, and why, as in `its checkpoint is of other data`.
  public var beganAnew: @Sendable (_ cell: Cell, _ reason: String) -> Void
  /// A cell came further; told after every iteration.
  public var progressed: @Sendable (Progress) -> Void
  /// A cell came to its end, and its result is on disk.
  public var ended: @Sendable (_ cell: Cell, _ outcome: CellOutcome) -> Void

  /// An observer from its parts; what is left out is not observed.
  public init(
    began: @escaping @Sendable (Cell, Int) -> Void = { _, _ in },
    beganAnew: @escaping @Sendable (Cell, String) -> Void = { _, _ in },
    progressed: @escaping @Sendable (Progress) -> Void = { _ in },
    ended: @escaping @Sendable (Cell, CellOutcome) -> Void = { _, _ in }
  ) {
    self.began = began
    self.beganAnew = beganAnew
    self.progressed = progressed
    self.ended = ended
  }
}
