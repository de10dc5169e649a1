/// What every test episode gave, after every number of adaptation steps.
public struct TestOutcomes: Sendable, Equatable {
  /// `[episodes, steps + 1]` in row-major order: accuracies in 0...1, or losses.
  public var scores: [Double]
  /// The largest number of adaptation steps; column 0 is before the first one.
  public var steps: Int
  /// One digest of the content per episode: equal digests mean equal tasks.
  public var digests: [UInt64]
  /// What the algorithm recorded of every episode besides its score, in the order of the names.
  public var diagnostics: [TestDiagnostic]

  /// The number of test episodes.
  public var episodes: Int { digests.count }

  /// Outcomes from their parts.
  ///
  /// - Precondition: `scores.count == digests.count * (steps + 1)`, and every diagnostic has values
  ///   of as many episodes.
  public init(
    scores: [Double], steps: Int, digests: [UInt64], diagnostics: [TestDiagnostic] = []
  ) {
    precondition(
      diagnostics.allSatisfy { $0.values.count == digests.count * ($0.steps + 1) },
      "one row of each diagnostic per episode")
    precondition(steps >= 0, "steps are counted from 0")
    precondition(scores.count == digests.count * (steps + 1), "one row of scores per episode")
    self.scores = scores
    self.steps = steps
    self.digests = digests
    self.diagnostics = diagnostics.sorted { $0.name < $1.name }
  }

  /// A diagnostic in the place of the score; nil if it was not recorded.
  public func diagnostic(_ name: String) -> TestOutcomes? {
    diagnostics.first { $0.name == name }.map {
      TestOutcomes(scores: $0.values, steps: $0.steps, digests: digests)
    }
  }

  /// The outcomes of a cell that was not tested.
  public static let empty = TestOutcomes(scores: [], steps: 0, digests: [])

  /// How a cell with these outcomes ended: done, or diverged where a score is no number.
  public var status: CellRecord.Status {
    scores.allSatisfy(\.isFinite) ? .done : .diverged("a test score is not finite")
  }

  /// The score of every episode after `steps` adaptation steps.
  ///
  /// - Returns: `[episodes]`.
  /// - Precondition: `0...self.steps` contains `steps`.
  public func scores(after steps: Int) -> [Double] {
    precondition((0...self.steps).contains(steps), "no such number of adaptation steps")
    return stride(from: steps, to: scores.count, by: self.steps + 1).map { scores[$0] }
  }

  /// The score of every episode after the last adaptation step.
  public var final: [Double] { scores(after: steps) }
}
