import Statistics
import Testing

@Suite struct PolynomialFitTests {
  private let places = (0..<200).map { Double($0) * 0.005 }

  @Test func agreesWithNumpyAtDegreeTen() throws {
    let fit = try #require(try PolynomialFit(x: places, y: Reference.curve, degree: 10))
    let worst = zip(places, Reference.fitted).map { abs(fit.value(at: $0) - $1) }.max()!
    #expect(worst < 1e-10, "\(worst)")
    #expect(fit.degree == 10 && fit.count == 200 && fit.degreesOfFreedom == 189)
    #expect(abs(fit.conditionNumber - 3.237205571804378) < 1e-9)
    #expect(abs(try #require(fit.residualStandardDeviation) - 0.050225587418715) < 1e-13)
    #expect(abs(fit.value(at: 0.3) - 0.6958023241769913) < 1e-13)
    #expect(abs(try #require(fit.halfWidth(at: 0.3)) - 0.018929767812746516) < 1e-13)
    #expect(abs(try #require(fit.predictionHalfWidth(at: 0.3)) - 0.10086694959565377) < 1e-12)
  }

  @Test func coefficientsInPowersAgreeWithNumpy() throws {
    let fit = try #require(try PolynomialFit(x: places, y: Reference.curve, degree: 10))
    for (mine, numpys) in zip(fit.powerCoefficients.reversed(), Reference.powerCoefficients) {
      #expect(abs(mine / numpys - 1) < 1e-6, "\(mine) and \(numpys)")
    }
    let constant = try #require(try PolynomialFit(x: [2, 2], y: [1, 3], degree: 4))
    #expect(constant.powerCoefficients.count == 1)
    #expect(abs(constant.powerCoefficients[0] - 2) < 1e-15)
  }

  @Test func residualAndBandsAgreeWithTheNormalEquations() throws {
    // A line through five points, by hand: slope 0.6, intercept 2.2, residual sum of squares 2.4.
    let fit = try #require(try PolynomialFit(x: [1, 2, 3, 4, 5], y: [2, 4, 5, 4, 5], degree: 1))
    #expect(abs(fit.value(at: 0) - 2.2) < 1e-14 && abs(fit.value(at: 10) - 8.2) < 1e-14)
    let deviation = try #require(fit.residualStandardDeviation)
    #expect(abs(deviation - 0.8.squareRoot()) < 1e-14)
    let t = 3.182446305284263
    for x in [0.0, 2.5, 7] {
      let leverage = 0.2 + (x - 3) * (x - 3) / 10
      let band = try #require(fit.halfWidth(at: x))
      let point = try #require(fit.predictionHalfWidth(at: x))
      #expect(abs(band - t * deviation * leverage.squareRoot()) < 1e-11)
      #expect(abs(point - t * deviation * (1 + leverage).squareRoot()) < 1e-11)
    }
  }

  /// Iterations 50,000 to 60,000: the columns 1, x, ..., x¹⁰ are then all but parallel.
  @Test func staysRightWhereTheMonomialBasisBreaksDown() throws {
    let x = (0..<100).map { 50_000 + 100 * Double($0) }
    func truth(_ x: Double) -> Double {
      let u = (x - 55_000) / 5_000
      return 0.9 - 0.1 * u + 0.05 * u * u * u * u * u * u * u * u * u * u
    }
    let y = x.map(truth)
    let fit = try #require(try PolynomialFit(x: x, y: y, degree: 10))
    #expect(fit.conditionNumber < 10)
    let places = x + x.map { $0 + 37 }.dropLast()
    #expect(places.map { abs(fit.value(at: $0) - truth($0)) }.max()! < 1e-13)

    let monomial = solved(powers: x.map { x in (0...10).map { power(x, $0) } }, y)
    let values = x.map { x in (0...10).map { monomial[$0] * power(x, $0) }.reduce(0, +) }
    let worst = zip(values, y).map { abs($0 - $1) }.max() ?? .infinity
    #expect(!(worst < 1e-3), "the normal equations of powers are \(worst) off")
  }

  @Test(arguments: [1e-200, 1e40, 1e150])
  func staysFiniteWherePowersOverflowOrVanish(_ unit: Double) throws {
    let x = (0..<60).map { unit * Double($0 + 1) }
    let y = (0..<60).map { 1 / Double($0 + 2) }
    let fit = try #require(try PolynomialFit(x: x, y: y, degree: 10))
    #expect(!power(60 * unit, 10).isFinite || power(unit, 10) == 0)
    #expect(fit.degree == 10 && fit.conditionNumber < 10)
    for (x, y) in zip(x, y) { #expect(abs(fit.value(at: x) - y) < 0.02) }
    #expect(try #require(fit.halfWidth(at: 30 * unit)).isFinite)
    #expect(try #require(fit.predictionHalfWidth(at: 30 * unit)).isFinite)
  }

  private func power(_ x: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * x }
  }

  /// Least squares by normal equations and elimination with pivoting, as a first program would.
  private func solved(powers rows: [[Double]], _ y: [Double]) -> [Double] {
    let size = rows[0].count
    var system = (0..<size).map { i in
      (0..<size).map { j in rows.map { $0[i] * $0[j] }.reduce(0, +) }
        + [zip(rows, y).map { $0[i] * $1 }.reduce(0, +)]
    }
    for column in 0..<size {
      let pivot = (column..<size).max { abs(system[$0][column]) < abs(system[$1][column]) }!
      system.swapAt(column, pivot)
      for row in (column + 1)..<max(column + 1, size) {
        let factor = system[row][column] / system[column][column]
        for other in column...size { system[row][other] -= factor * system[column][other] }
      }
    }
    var solution = [Double](repeating: 0, count: size)
    for row in (0..<size).reversed() {
      let known = ((row + 1)..<max(row + 1, size)).map { system[row][$0] * solution[$0] }
      solution[row] = (system[row][size] - known.reduce(0, +)) / system[row][row]
    }
    return solution
  }

  @Test func findsAPolynomialAgainWhateverTheUnits() throws {
    let units: [(Double, Double)] = [(0, 1), (60_000, 250), (-1e9, 1e3)]
    for (offset, scale) in units {
      let x = (0..<40).map { offset + scale * Double($0) }
      let y = (0..<40).map { (k: Int) -> Double in Double(k * k - 3 * k + 1) }
      let fit = try #require(try PolynomialFit(x: x, y: y, degree: 5))
      let worst = zip(x, y).map { abs(fit.value(at: $0) - $1) }.max()!
      #expect(worst < 1e-9, "\(worst)")
      #expect(fit.conditionNumber < 4)
    }
  }

  @Test func degreeIsLimitedByTheNumberOfDifferentPlaces() throws {
    let four = try #require(try PolynomialFit(x: [0, 1, 2, 4], y: [1, 0, 3, 2], degree: 10))
    #expect(four.degree == 3 && four.degreesOfFreedom == 0)
    #expect(abs(four.value(at: 4) - 2) < 1e-14)
    #expect(four.halfWidth(at: 1) == nil && four.predictionHalfWidth(at: 1) == nil)

    let twice = try #require(try PolynomialFit(x: [0, 0, 1, 1], y: [1, 3, 4, 6], degree: 10))
    #expect(twice.degree == 1 && twice.degreesOfFreedom == 2)
    #expect(abs(twice.value(at: 0) - 2) < 1e-14 && abs(twice.value(at: 1) - 5) < 1e-14)

    let one = try #require(try PolynomialFit(x: [7], y: [3], degree: 2))
    #expect(one.degree == 0 && one.value(at: 7) == 3)
    #expect(try PolynomialFit(x: [], y: [], degree: 2) == nil)
    #expect(try PolynomialFit(x: [0, 1], y: [0, .nan], degree: 1) == nil)
  }

  @Test func constantHasTheBandOfAnInterval() throws {
    let y = [0.2, 0.4, 0.9, 0.5]
    let fit = try #require(try PolynomialFit(x: [1, 2, 3, 4], y: y, degree: 0))
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
      let fit = try #require(try PolynomialFit(x: x, y: y, degree: 3))
      let error = fit.value(at: 0.9) - truth(0.9)
      if abs(error) <= fit.halfWidth(at: 0.9)! { means += 1 }
      if abs(error - 0.3 * generator.normal()) <= fit.predictionHalfWidth(at: 0.9)! { points += 1 }
    }
    // Four standard errors.
    #expect(abs(Double(means) / Double(trials) - 0.95) < 0.0138)
    #expect(abs(Double(points) / Double(trials) - 0.95) < 0.0138)
  }
}
