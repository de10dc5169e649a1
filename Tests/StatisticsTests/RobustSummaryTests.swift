import Statistics
import Testing

/// Interquartile mean and probability of improvement, as rliable computes them.
@Suite struct RobustSummaryTests {
  @Test func interquartileMeanAgreesWithScipysTrimmedMean() throws {
    let first = try #require(InterquartileMean.of(Array(Reference.accuracies[..<22])))
    #expect(abs(first / 0.8896634019580847 - 1) < 1e-14)
    #expect(InterquartileMean.of([9, 1, 3, 2]) == 2.5)
    #expect(InterquartileMean.of([9, 1, 2]) == 4)
    #expect(InterquartileMean.of([7]) == 7)
    #expect(InterquartileMean.of([]) == nil)
  }

  @Test func probabilityOfImprovementAgreesWithScipysMannWhitney() throws {
    let x = [
      [0.75, 0.9, 0.9], [0.88, 0.82, 0.89], [0.76, 0.92, 0.97], [0.97, 0.94, 0.84],
      [0.94, 0.92, 0.77],
    ]
    let y = [
      [0.92, 0.92, 0.9], [0.82, 0.84, 0.78], [0.9, 0.85, 0.85], [0.81, 0.92, 0.91],
    ]
    let forth = try #require(ProbabilityOfImprovement.of(x, over: y))
    #expect(abs(forth - 0.525) < 1e-15)
    let back = try #require(ProbabilityOfImprovement.of(y, over: x))
    #expect(abs(forth + back - 1) < 1e-15)
    #expect(ProbabilityOfImprovement.of(x, over: x) == 0.5)
    #expect(ProbabilityOfImprovement.of([], over: y) == nil)
    #expect(ProbabilityOfImprovement.of(x, over: []) == nil)
    #expect(ProbabilityOfImprovement.of([[]], over: [[]]) == nil)
  }
}
