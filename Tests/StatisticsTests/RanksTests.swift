import Statistics
import Testing

@Suite struct RanksTests {
  @Test func tiesShareTheirMeanRank() {
    #expect(Ranks.averageRanks([0.5, 0.9, 0.5]) == [1.5, 3, 1.5])
    #expect(Ranks.averageRanks([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]) == [
      4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8,
    ])
    #expect(Ranks.averageRanks([2, 2, 2, 2]) == [2.5, 2.5, 2.5, 2.5])
    #expect(Ranks.averageRanks([0, -0.0]) == [1.5, 1.5])
    #expect(Ranks.averageRanks([.infinity, 1]) == [2, 1])
    #expect(Ranks.averageRanks([]).isEmpty)
  }

  @Test func withATolerancePartsOfItsSizeAreTies() {
    let sum = 0.1 + 0.2
    #expect(sum != 0.3)
    #expect(Ranks.averageRanks([sum, 0.3, 0.4]) == [2, 1, 3])
    let tolerance = Ranks.roundingTolerance
    #expect(Ranks.averageRanks([sum, 0.3, 0.4], tolerance: tolerance) == [1.5, 1.5, 3])
    #expect(Ranks.averageRanks([-sum, -0.3, 0], tolerance: tolerance) == [1.5, 1.5, 3])
    // Infinite errors are equal to each other only; small ones are judged by their own size.
    #expect(
      Ranks.averageRanks([.infinity, 1, -.infinity, .infinity], tolerance: tolerance)
        == [3.5, 2, 1, 3.5])
    #expect(Ranks.averageRanks([1e-20, 2e-20, 1], tolerance: tolerance) == [1, 2, 3])
  }
}
