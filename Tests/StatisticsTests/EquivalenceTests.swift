import Statistics
import Testing

@Suite struct EquivalenceTests {
  private func difference() throws -> PairedDifference {
    try #require(PairedDifference(Reference.paired, Reference.accuracies, confidence: 0.9))
  }

  /// Margin and both one-sided p-values, by scipy.stats.ttest_1samp.
  @Test(arguments: [
    (0.005, 2.799729912522416e-16, 0.4699012834576546),
    (0.006, 3.8074183684662045e-19, 0.18003959667053332),
    (0.01, 1.8737420177618435e-32, 1.100377757050293e-05),
  ])
  func agreesWithScipy(_ margin: Double, _ above: Double, _ below: Double) throws {
    let test = try #require(Equivalence(try difference(), margin: margin))
    #expect(abs(test.pAboveLower / above - 1) < 1e-11)
    #expect(abs(test.pBelowUpper / below - 1) < 1e-11)
    #expect(test.p == test.pBelowUpper && test.isEquivalent == (margin == 0.01))
    let oneSided = try #require(NonInferiority(try difference(), margin: margin))
    #expect(oneSided.p == test.pAboveLower && oneSided.isNonInferior)
  }

  @Test func equivalenceMeansThatTheNinetyPercentIntervalIsWithinTheMargin() throws {
    let difference = try difference()
    let reach = max(abs(difference.lower), abs(difference.upper))
    #expect(try #require(Equivalence(difference, margin: reach * 1.0001)).isEquivalent)
    #expect(try !#require(Equivalence(difference, margin: reach * 0.9999)).isEquivalent)
  }

  @Test func withoutAnyErrorTheMarginDecidesAlone() throws {
    let same = try #require(PairedDifference([0.5, 0.7], [0.5, 0.7]))
    #expect(try #require(Equivalence(same, margin: 0.01)).p == 0)
    #expect(try #require(NonInferiority(same, margin: 0.01)).p == 0)
    let apart = try #require(PairedDifference([0.5, 0.75], [0.75, 1]))
    #expect(try #require(Equivalence(apart, margin: 0.01)).p == 1)
    #expect(try !#require(NonInferiority(apart, margin: 0.01)).isNonInferior)
  }

  @Test func marginThatIsNoneAndNumbersThatAreNoneAreRefused() throws {
    #expect(Equivalence(try difference(), margin: 0) == nil)
    #expect(NonInferiority(try difference(), margin: -0.01) == nil)
    #expect(
      Equivalence(mean: .nan, standardError: 1, degreesOfFreedom: 3, margin: 1) == nil)
    #expect(Equivalence(mean: 0, standardError: -1, degreesOfFreedom: 3, margin: 1) == nil)
    #expect(NonInferiority(mean: 0, standardError: 1, degreesOfFreedom: 0, margin: 1) == nil)
  }
}
