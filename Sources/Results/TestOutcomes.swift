import Measures

/// What every unit of a cell's test gave.
public struct TestOutcomes: Sendable, Equatable {
  /// The first is the one that is judged; all have the same units. Empty for a cell that was not tested.
  public var arrays: [OutcomeArray]
  /// One digest of the content per unit: equal digests mean equal tasks.
  public var digests: [UInt64]

  /// Outcomes from their parts.
  ///
  /// - Precondition: Every array has as many units as there are digests, and names differ.
  public init(_ arrays: [OutcomeArray], digests: [UInt64]) {
    precondition(arrays.allSatisfy { $0.units == digests.count }, "one row of each outcome per unit")
    precondition(Set(arrays.map(\.metric.name)).count == arrays.count, "outcomes have different names")
    self.arrays = arrays
    self.digests = digests
  }

  /// The outcomes of a cell that was not tested.
  public static let empty = TestOutcomes([], digests: [])

  /// The number of units.
  public var units: Int { digests.count }

  /// The outcome that is judged; nil for a cell that was not tested.
  public var judged: OutcomeArray? { arrays.first }

  /// What was recorded besides.
  public var recorded: ArraySlice<OutcomeArray> { arrays.dropFirst() }

  /// The outcome of that name, the judged one for nil; nil if there is none such.
  public subscript(outcome: String?) -> OutcomeArray? {
    outcome == nil ? judged : arrays.first { $0.metric.name == outcome }
  }

  /// One number per unit: `[units]`; nil if there is no such outcome or place.
  public func values(by measure: Measure) -> [Double]? { self[measure.outcome]?.values(by: measure) }

  /// The judged outcome of every unit at its last place: `[units]`.
  public var final: [Double] { values(by: .standard) ?? [] }

  /// How a cell with these outcomes ended: done, or diverged where a judged number is none.
  public var status: CellRecord.Status {
    judged?.values.allSatisfy(\.isFinite) ?? true ? .done : .diverged("a test score is not finite")
  }
}
