import Statistics
import Testing

@Suite struct PairedDifferenceTests {
  private func difference() throws -> PairedDifference {
    try #require(PairedDifference(Reference.paired, Reference.accuracies))
  }

  @Test func agreesWithScipyOnSixHundredPairs() throws {
    let difference = try difference()
    #expect(abs(difference.t / 4.126284952778364 - 1) < 1e-12)
    #expect(abs(difference.p / 4.2089398202824884e-05 - 1) < 1e-12)
    #expect(abs(difference.mean / 0.004910099131845861 - 1) < 1e-12)
    #expect(abs(difference.lower / 0.0025731054096703523 - 1) < 1e-11)
    #expect(abs(difference.upper / 0.007247092854021369 - 1) < 1e-11)
    #expect(abs(difference.standardDeviation / 0.02914785962953598 - 1) < 1e-12)
    #expect(abs(difference.correlation / 0.9188942447347955 - 1) < 1e-12)
    #expect(abs(difference.varianceRatio / 0.08536169291842616 - 1) < 1e-12)
    #expect(abs(difference.effectSize - difference.t / 600.0.squareRoot()) < 1e-15)
    #expect(difference.count == 600 && difference.degreesOfFreedom == 599)
  }

  @Test func swappingTheTwoOnlySwapsTheSign() throws {
    let forth = try difference()
    let back = try #require(PairedDifference(Reference.accuracies, Reference.paired))
    #expect(back.mean == -forth.mean && back.t == -forth.t && back.p == forth.p)
    #expect(back.lower == -forth.upper && back.varianceRatio == forth.varianceRatio)
    #expect(back.pAtMost(0.001) == forth.pAtLeast(-0.001))
  }

  @Test func oneSidedValuesAgreeWithScipy() throws {
    let difference = try difference()
    #expect(abs(difference.pAtLeast(-0.01) / 1.8737420177618435e-32 - 1) < 1e-11)
    #expect(abs(difference.pAtMost(0.01) / 1.100377757050293e-05 - 1) < 1e-11)
    #expect(abs(difference.pAtLeast(0) / (difference.p / 2) - 1) < 1e-14)
    #expect(abs(difference.pAtLeast(0.005) + difference.pAtMost(0.005) - 1) < 1e-14)
  }

  @Test func resultComparedWithItselfDiffersInNothing() throws {
    let same = try #require(PairedDifference(Reference.accuracies, Reference.accuracies))
    #expect(same.mean == 0 && same.halfWidth == 0 && same.t == 0 && same.p == 1)
    #expect(same.effectSize == 0 && same.varianceRatio == 0)
    #expect(abs(same.correlation - 1) < 1e-14)
    #expect(same.pAtLeast(-0.01) == 0 && same.pAtLeast(0.01) == 1 && same.pAtLeast(0) == 0.5)
  }

  @Test func scoresThatDoNotVaryGiveFiniteOrInfiniteNumbersButNoNaN() throws {
    let shifted = try #require(PairedDifference([1, 1, 1], [0.5, 0.5, 0.5]))
    #expect(shifted.mean == 0.5 && shifted.p == 0 && shifted.t == .infinity)
    #expect(shifted.correlation == 0 && shifted.varianceRatio == 1)
    #expect(PairedDifference([1], [0]) == nil)
    #expect(PairedDifference([], []) == nil)
  }
}
