import Statistics
import Testing

@Suite struct PolynomialFitTests {
  private let places = (0..<200).map { Double($0) * 0.005 }

  @Test func agreesWithNumpyAtDegreeTen() throws {
    let fit = try #require(PolynomialFit(x: places, y: Reference.curve, degree: 10))
    let worst = zip(places, Reference.fitted).map { abs(fit.value(at: $0) - $1) }.max()!
    #expect(worst < 1e-10, "\(worst)")
    #expect(fit.degree == 10 && fit.count == 200 && fit.degreesOfFreedom == 189)
    #expect(abs(fit.conditionNumber - 3.237205571804378) < 1e-9)
    #expect(abs(try #require(fit.residualStandardDeviation) - 0.050225587418715) < 1e-13)
    #expect(abs(fit.value(at: 0.3) - 0.6958023241769913) < 1e-13)
    #expect(abs(try #require(fit.halfWidth(at: 0.3)) - 0.018929767812746516) < 1e-13)
    #expect(abs(try #require(fit.predictionHalfWidth(at: 0.3)) - 0.10086694959565377) < 1e-12)
  }

  @Test func findsAPolynomialAgainWhateverTheUnits() throws {
    let units: [(Double, Double)] = [(0, 1), (60_000, 250), (-1e9, 1e3)]
    for (offset, scale) in units {
      let x = (0..<40).map { offset + scale * Double($0) }
      let y = (0..<40).map { (k: Int) -> Double in Double(k * k - 3 * k + 1) }
      let fit = try #require(PolynomialFit(x: x, y: y, degree: 5))
      let worst = zip(x, y).map { abs(fit.value(at: $0) - $1) }.max()!
      #expect(worst < 1e-9, "\(worst)")
      #expect(fit.conditionNumber < 4)
    }
  }

  @Test func degreeIsLimitedByTheNumberOfDifferentPlaces() throws {
    let four = try #require(PolynomialFit(x: [0, 1, 2, 4], y: [1, 0, 3, 2], degree: 10))
    #expect(four.degree == 3 && four.degreesOfFreedom == 0)
    #expect(abs(four.value(at: 4) - 2) < 1e-14)
    #expect(four.halfWidth(at: 1) == nil && four.predictionHalfWidth(at: 1) == nil)

    let twice = try #require(PolynomialFit(x: [0, 0, 1, 1], y: [1, 3, 4, 6], degree: 10))
    #expect(twice.degree == 1 && twice.degreesOfFreedom == 2)
    #expect(abs(twice.value(at: 0) - 2) < 1e-14 && abs(twice.value(at: 1) - 5) < 1e-14)

    let one = try #require(PolynomialFit(x: [7], y: [3], degree: 2))
    #expect(one.degree == 0 && one.value(at: 7) == 3)
    #expect(PolynomialFit(x: [], y: [], degree: 2) == nil)
    #expect(PolynomialFit(x: [0, 1], y: [0, .nan], degree: 1) == nil)
  }

  @Test func constantHasTheBandOfAnInterval() throws {
    let y = [0.2, 0.4, 0.9, 0.5]
    let fit = try #require(PolynomialFit(x: [1, 2, 3, 4], y: y, degree: 0))
    let interval = try #require(Interval(of: y, over: .episodes))
    #expect(abs(fit.value(at: 2) - interval.mean) < 1e-15)
    #expect(abs(try #require(fit.halfWidth(at: 2)) - #require(interval.halfWidth)) < 1e-15)
  }

  @Test func bandsHoldTheTruthAndANewPointNinetyFiveTimesInAHundred() throws {
    func truth(_ x: Double) -> Double { 1 + x - 2 * x * x * x }
    let x = (0..<12).map { Double($0) / 11 }
    var generator = TestGenerator(seed: 11)
    let trials = 4_000
    var (means, points) = (0, 0)
    for _ in 0..<trials {
      let y = x.map { truth($0) + 0.3 * generator.normal() }
      let fit = try #require(PolynomialFit(x: x, y: y, degree: 3))
      let error = fit.value(at: 0.9) - truth(0.9)
      if abs(error) <= fit.halfWidth(at: 0.9)! { means += 1 }
      if abs(error - 0.3 * generator.normal()) <= fit.predictionHalfWidth(at: 0.9)! { points += 1 }
    }
    // Four standard errors.
    #expect(abs(Double(means) / Double(trials) - 0.95) < 0.0138)
    #expect(abs(Double(points) / Double(trials) - 0.95) < 0.0138)
  }
}
