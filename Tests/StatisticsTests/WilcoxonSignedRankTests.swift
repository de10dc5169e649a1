import Statistics
import Testing

@Suite struct WilcoxonSignedRankTests {
  static let differences = zip(Reference.paired, Reference.accuracies).map { $0 - $1 }

  /// Differences in queries, of accuracies rounded to 75 queries: ties and zeros.
  static let steps = zip(Reference.paired, Reference.accuracies).map {
    ($0 * 75).rounded() - ($1 * 75).rounded()
  }

  private func check(
    _ differences: [Double], _ statistic: Double, _ p: Double, _ comment: Comment
  ) throws {
    let test = try #require(WilcoxonSignedRank(differences: differences))
    #expect(test.statistic == statistic, comment)
    #expect(abs(test.p / p - 1) < 1e-12, comment)
  }

  @Test func agreesWithScipyOnSixHundredPairs() throws {
    let test = try #require(WilcoxonSignedRank(differences: Self.differences))
    #expect(abs(test.p / 0.0001507481578225505 - 1) < 1e-12)
    #expect(test.statistic == 74051 && !test.isExact)
    try check(Self.differences.map { $0 + 0.05 }, 1000, 8.690140987303332e-98, "far out")
  }

  @Test func agreesWithScipyWithTiesAndZeros() throws {
    #expect(Self.steps.filter { $0 == 0 }.count == 113)
    try check(Self.steps, 46649, 3.1530182815899725e-05, "113 zeros, 15 values")
  }

  @Test func agreesWithScipyOnFewDifferences() throws {
    let plain: [(Int, Double, Double)] = [
      (12, 31, 0.5693359375), (13, 32, 0.375732421875), (14, 33, 0.2412109375),
      (30, 199, 0.5027610473334789), (49, 571, 0.6859806141445262),
      (50, 588, 0.6390094850461736), (51, 615, 0.6527635040598475),
      (60, 861, 0.6909792030868053),
    ]
    for (count, statistic, p) in plain {
      try check(Array(Self.differences[..<count]), statistic, p, "first \(count)")
    }
    let tied: [(Int, Double, Double)] = [
      (12, 18.5, 0.6875), (13, 20, 0.486328125), (14, 21.5, 0.3017300422974697),
      (30, 141, 0.7947087867637167), (50, 330.5, 0.5562943088757427),
      (51, 353.5, 0.6051179445610069),
    ]
    for (count, statistic, p) in tied {
      try check(Array(Self.steps[..<count]), statistic, p, "first \(count), tied")
    }
    try check([1, 2, 3, 4, 5, -6], 6, 0.4375, "six")
    try check([1], 0, 1, "one")
    try check([0.5, 0.5, -0.5, 1], 2, 0.5, "ties")
    try check([0, 1, -1, 2, 3, 3], 1.5, 0.1875, "zero and ties")
    try check([Double](repeating: 5, count: 14), 0, 0.0001828106329818348, "all alike")
    try check([3, -3, 4, -4], 5, 1, "balanced")
  }

  @Test func resolutionMakesEqualStepsEqual() throws {
    let scores = { (values: [Double]) in values.map { ($0 * 75).rounded() / 75 } }
    let raw = zip(scores(Reference.paired), scores(Reference.accuracies)).map { $0 - $1 }
    let rounded = try #require(WilcoxonSignedRank(differences: raw, resolution: 1e-9))
    let exact = try #require(WilcoxonSignedRank(differences: Self.steps))
    #expect(rounded == exact)
    #expect(WilcoxonSignedRank(differences: raw) != exact)
  }

  @Test func nothingToRankIsNoEvidence() throws {
    #expect(try #require(WilcoxonSignedRank(differences: [0, 0, 0])).p == 1)
    #expect(
      try #require(WilcoxonSignedRank(differences: [Double](repeating: 0, count: 600))).p == 1)
    #expect(WilcoxonSignedRank(differences: []) == nil)
    #expect(WilcoxonSignedRank(differences: [.nan, 1]) == nil)
  }
}
