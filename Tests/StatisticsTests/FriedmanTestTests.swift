import Statistics
import Testing

@Suite struct FriedmanTestTests {
  private let scores = [
    [0.9, 0.8, 0.7, 0.8], [0.6, 0.7, 0.5, 0.7], [0.99, 0.97, 0.98, 0.96], [0.5, 0.5, 0.5, 0.5],
    [0.8, 0.85, 0.7, 0.9], [0.3, 0.2, 0.25, 0.1],
  ]

  @Test func agreesWithScipyWithTies() throws {
    let test = try #require(FriedmanTest(scores))
    #expect(abs(test.statistic - 3.125) < 1e-12)
    #expect(abs(test.p / 0.3727512748026565 - 1) < 1e-12)
    let expected = [23.0 / 12, 29.0 / 12, 37.0 / 12, 31.0 / 12]
    #expect(zip(test.averageRanks, expected).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(test.datasets == 6)
  }

  @Test func bestRankIsThatOfTheLeastLoss() throws {
    let test = try #require(FriedmanTest([[1, 2], [1, 3], [2, 4]], higherIsBetter: false))
    #expect(test.averageRanks == [1, 2])
  }

  @Test func tiedOrMissingScoresAreNoEvidence() throws {
    #expect(try #require(FriedmanTest([[1, 1], [2, 2]])).p == 1)
    #expect(FriedmanTest([]) == nil)
    #expect(FriedmanTest([[1]]) == nil)
    #expect(FriedmanTest([[1, .nan]]) == nil)
  }

  /// Groups, probability above and quantile, by scipy.stats.studentized_range, whose last digits
  /// are not right.
  @Test(arguments: [
    (2, 0.1, 2.3261743073533476), (2, 0.05, 2.771807648699355), (3, 0.05, 3.314493155398122),
    (3, 0.01, 4.12030320646012), (4, 0.05, 3.6331595749026278), (5, 0.1, 3.478280550703068),
    (8, 0.05, 4.286309409349043), (10, 0.05, 4.474124221725907), (20, 0.01, 5.6452146979858515),
    (50, 0.05, 5.646026026380527),
  ])
  func studentizedRangeAgreesWithScipy(_ groups: Int, _ alpha: Double, _ expected: Double) {
    let range = StudentizedRange(groups: groups)
    #expect(abs(range.upperQuantile(alpha) / expected - 1) < 1e-9)
    #expect(abs(range.upperTail(range.upperQuantile(alpha)) - alpha) < 1e-13)
  }

  @Test func rangeOfTwoIsADifferenceOfNormals() {
    // |Z₁ − Z₂| is √2 |Z|.
    for alpha in [0.1, 0.05, 0.01, 0.001] {
      let expected = -Normal.quantile(alpha / 2) * 2.0.squareRoot()
      #expect(abs(StudentizedRange(groups: 2).upperQuantile(alpha) / expected - 1) < 1e-11)
    }
  }

  @Test func criticalDifferenceIsThatOfDemsarsExample() throws {
    // Section 3.2.2's example: four algorithms on 14 data sets, 2.569 √(4 · 5 / (6 · 14)) = 1.25.
    let rows = (0..<14).map { row in (0..<4).map { Double((row + $0) % 4) } }
    let test = try #require(FriedmanTest(rows))
    #expect(abs(test.criticalDifference(alpha: 0.05) - 1.2535) < 1e-4)
    // At 0.10, 2.291 · 0.488.
    #expect(abs(test.criticalDifference(alpha: 0.1) - 1.1181) < 1e-4)
  }

  /// Degrees of freedom, x and the probability above x, from arbitrary-precision arithmetic.
  static let tails: [(Int, Double, Double)] = [
    (1, 0.1, 0.75182963404584927583), (1, 20, 7.7442164310440836377e-6),
    (1, 200, 2.088487583762544757e-45), (2, 5, 0.08208499862389879517),
    (2, 200, 3.720075976020835963e-44), (3, 0.1, 0.99183742373187647779),
    (3, 5, 0.17179714429673313506), (3, 200, 4.2185411071920423377e-43),
    (4, 20, 0.00049939922738733336689), (5, 5, 0.41588018699550792028),
    (5, 200, 2.8406228986415316834e-41), (10, 5, 0.89117801891415124235),
    (10, 200, 1.613930533697730479e-37), (19, 1, 0.99999999922406096852),
    (19, 20, 0.3945781820860008109), (19, 200, 3.4047651393116419368e-32),
  ]

  @Test func chiSquaredTailsAgreeWithArbitraryPrecision() {
    for (freedom, x, expected) in Self.tails {
      let tail = ChiSquared(degreesOfFreedom: freedom).upperTail(x)
      #expect(abs(tail / expected - 1) < 1e-13, "\(freedom), \(x)")
    }
    #expect(ChiSquared(degreesOfFreedom: 3).upperTail(0) == 1)
  }
}
