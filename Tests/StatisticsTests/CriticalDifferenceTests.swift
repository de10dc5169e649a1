import Statistics
import Testing

@Suite struct CriticalDifferenceTests {
  /// Nine blocks of four algorithms with many ties.
  static let scores: [[Double]] = [
    [2, -3, 0, -1, 0, 0, -2, 0, -1], [3, 0, 0, 0, -1, -1, 0, 0, 0], [1, 0, 0, 2, 1, -1, 0, 1, 2],
    [0, 0, 1, -1, 0, 1, 1, 0, 1],
  ]

  @Test func friedmansTestIsThatOfSciPy() throws {
    // scipy.stats.friedmanchisquare, and rankdata of the negated scores.
    let ranks = try #require(CriticalDifference(Self.scores, higherIsBetter: true))
    #expect(abs(ranks.statistic - 4.783783783783789) < 1e-12)
    #expect(abs(ranks.p - 0.1883316833383525) < 1e-12)
    let expected = [28.0 / 9, 24.0 / 9, 2, 20.0 / 9]
    #expect(zip(ranks.meanRanks, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(ranks.order == [2, 3, 1, 0])
    #expect(ranks.groups == [0...3])
  }

  @Test func criticalDifferencesAreThoseOfDemšarsTable() throws {
    // Table 5(a): quantiles of the studentized range over √2 at 5 %; more digits from SciPy.
    let quantiles = [
      2: 1.9599639845, 3: 2.3437005864, 4: 2.5690317725, 6: 2.8497054196, 10: 3.1636835771,
      12: 3.2680039245,
    ]
    for (count, quantile) in quantiles {
      let scores = (0..<count).map { row in (0..<14).map { Double(row * 3 % 7 + $0 % 3) } }
      let ranks = try #require(CriticalDifference(scores, higherIsBetter: true))
      let k = Double(count)
      #expect(
        abs(ranks.criticalDifference / (k * (k + 1) / (6 * 14)).squareRoot() - quantile) < 1e-8)
    }
  }

  @Test func lowerIsBetterTurnsTheRanksAround() throws {
    let ranks = try #require(CriticalDifference(Self.scores, higherIsBetter: false))
    #expect(ranks.order == [0, 1, 3, 2])
  }

  @Test func groupsAreTheLargestWithoutADifference() throws {
    // Three algorithms that always come in this order, the last two tied half of the time.
    let blocks = 200
    let first = [Double](repeating: 3, count: blocks)
    let second = (0..<blocks).map { Double($0 % 2) }
    let third = (0..<blocks).map { Double(($0 + $0 / 2) % 2) }
    let ranks = try #require(CriticalDifference([second, first, third], higherIsBetter: true))
    #expect(ranks.order[0] == 1)
    #expect(ranks.groups == [1...2])
    #expect(ranks.p < 1e-6)
  }

  @Test func theOrderOfRepeatsBreaksNoTie() throws {
    // Right answers of 75 in three repeats; the second algorithm has the same in another order.
    let counts = [[61, 68, 70], [73, 70, 58], [74, 52, 66], [59, 71, 64], [75, 75, 75]]
    func means(_ order: [Int]) -> [Double] {
      counts.map { counts in order.reduce(0) { $0 + Double(counts[$1]) / 75 } / 3 }
    }
    let (first, second) = (means([0, 1, 2]), means([2, 0, 1]))
    #expect(first != second)
    let third = first.map { $0 - 1.0 / 225 }
    let ranks = try #require(CriticalDifference([first, second, third], higherIsBetter: true))
    #expect(ranks.meanRanks == [1.5, 1.5, 3])
  }

  @Test func equalScoresDoNotDiffer() throws {
    let ranks = try #require(
      CriticalDifference([[1, 1, 1], [1, 1, 1]], higherIsBetter: true))
    #expect(ranks.statistic == 0)
    #expect(ranks.p == 1)
    #expect(CriticalDifference([[1, 2]], higherIsBetter: true) == nil)
    #expect(CriticalDifference([[1], [2]], higherIsBetter: true) == nil)
  }
}
