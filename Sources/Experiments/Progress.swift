import Suites

/// How far a cell has come.
public struct Progress: Sendable {
  public enum Phase: Sendable, Equatable { case training, testing }

  public let cell: Cell
  public let phase: Phase
  /// Training iterations or test episodes done, of `total`.
  public let done: Int
  public let total: Int
  /// The training loss of the last iteration; nil while testing.
  public let loss: Double?
  /// The mean validation or test score so far.
  public let score: Double?
}

/// What a run tells while it goes on. Calls may come from several threads.
public struct RunObserver: Sendable {
  public var began: @Sendable (_ cell: Cell, _ iteration: Int) -> Void
  public var progressed: @Sendable (Progress) -> Void
  public var ended: @Sendable (_ cell: Cell, _ outcome: CellOutcome) -> Void

  public init(
    began: @escaping @Sendable (Cell, Int) -> Void = { _, _ in },
    progressed: @escaping @Sendable (Progress) -> Void = { _ in },
    ended: @escaping @Sendable (Cell, CellOutcome) -> Void = { _, _ in }
  ) {
    self.began = began
    self.progressed = progressed
    self.ended = ended
  }
}
