import Statistics
import Testing

@Suite struct PowerTests {
  /// Count, alpha, power, sides and the difference in standard deviations, by scipy.stats.nct.
  @Test(arguments: [
    (600, 0.05, 0.8, 2, 0.11455787757247025), (600, 0.05, 0.8, 1, 0.10162473536253225),
    (10, 0.05, 0.9, 2, 1.154564988885299), (20, 0.05, 0.8, 1, 0.57691700133837),
    (5000, 0.001, 0.95, 2, 0.0698346382023853),
  ])
  func smallestDifferenceAgreesWithScipy(
    _ count: Int, _ alpha: Double, _ power: Double, _ sides: Int, _ expected: Double
  ) {
    let difference = Power.smallestDetectableDifference(
      standardDeviation: 0.05, count: count, alpha: alpha, power: power, sides: sides)
    #expect(abs(difference / (0.05 * expected) - 1) < 1e-10)
    let found = Power.power(
      difference: -difference, standardDeviation: 0.05, count: count, alpha: alpha, sides: sides)
    #expect(abs(found - power) < 1e-10)
  }

  /// Difference, standard deviation, power, sides and count, by scipy.stats.nct.
  @Test(arguments: [
    (0.01, 0.05, 0.8, 2, 199), (0.01, 0.1, 0.8, 2, 787), (0.005, 0.03, 0.9, 1, 310),
    (0.5, 0.5, 0.8, 2, 10), (2, 0.5, 0.8, 2, 3), (0.001, 0.05, 0.8, 2, 19_625),
  ])
  func neededCountAgreesWithScipy(
    _ difference: Double, _ deviation: Double, _ power: Double, _ sides: Int, _ expected: Int
  ) {
    let count = Power.neededCount(
      difference: difference, standardDeviation: deviation, power: power, sides: sides)
    #expect(count == expected)
  }

  @Test func neededCountIsSoundAtItsEnds() {
    #expect(Power.neededCount(difference: 0, standardDeviation: 0.1) == Int.max)
    #expect(Power.neededCount(difference: 1e-9, standardDeviation: 0.1) == Int.max)
    #expect(Power.neededCount(difference: 0.1, standardDeviation: 0) == 2)
    #expect(Power.neededCount(difference: 100, standardDeviation: 0.1) == 2)
    #expect(Power.power(difference: 0, standardDeviation: 1, count: 600) > 0.0499999)
    #expect(
      Power.smallestDetectableDifference(standardDeviation: 0, count: 600) == 0)
  }

  /// Degrees of freedom, noncentrality, t and the probability above t, from quadrature in high
  /// precision and, for 599, from scipy.
  static let tails: [(Double, Double, Double, Double)] = [
    (1, 0, 1.9, 0.1542141144503336), (1, 1, 2.5, 0.3155106334023247),
    (1, 2.8, 12.7, 0.1740147501610533), (1, 6, 12.7, 0.3623472324355307),
    (4, 0, 12.7, 0.0001107045357754829), (4, 1, 1.9, 0.2567869624138745),
    (4, 2.8, 2.5, 0.6401016585212346), (4, 6, 12.7, 0.08165326186112266),
    (29, 1, 1.9, 0.1955701724892602), (29, 2.8, 2.5, 0.6202577280548109),
    (29, 6, 1.9, 0.9999669986740844), (29, 6, 12.7, 0.0001718002432711807),
    (599, 0, 1.9, 0.028956533631020555), (599, 2.8, 1.9, 0.8157906678895799),
    (599, 2.8, 2.5, 0.6180116986605999), (599, 6, 2.5, 0.9997602279311864),
  ]

  @Test func noncentralTailsAgreeWithQuadrature() {
    for (freedom, noncentrality, t, expected) in Self.tails {
      let tail = NoncentralT(degreesOfFreedom: freedom, noncentrality: noncentrality).upperTail(t)
      #expect(abs(tail - expected) < 1e-12, "\(freedom), \(noncentrality), \(t): \(tail)")
    }
  }

  @Test func centralTailsAreStudents() {
    for freedom in [1.0, 2, 9, 599, 1e5] {
      let central = NoncentralT(degreesOfFreedom: freedom, noncentrality: 0)
      for t in [0, 0.5, 2, 30, 700] {
        let expected = StudentT(degreesOfFreedom: freedom).upperTail(t)
        #expect(abs(central.upperTail(t) - expected) < 1e-12, "\(freedom), \(t)")
      }
    }
  }
}
