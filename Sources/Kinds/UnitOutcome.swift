import Measures

/// What one unit gave.
public struct UnitOutcome: Sendable {
  /// Of the unit's content: equal digests mean equal tasks.
  public let digest: UInt64
  /// One row of each outcome: an array of a single unit. The first is the one that is judged; all units of a
  /// cell have the same ones, with the same axes.
  public let rows: [OutcomeArray]

  /// An outcome from its parts.
  ///
  /// - Precondition: Every array is of a single unit.
  public init(digest: UInt64, rows: [OutcomeArray]) {
    precondition(!rows.isEmpty && rows.allSatisfy { $0.units == 1 }, "one row of each outcome")
    self.digest = digest
    self.rows = rows
  }

  /// The number that validations and stopping rules look at: the judged outcome at its last place.
  public var score: Double { rows[0].values.last! }
}
