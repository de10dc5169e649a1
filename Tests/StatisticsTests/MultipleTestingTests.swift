import Statistics
import Testing

@Suite struct MultipleTestingTests {
  private let p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1, 0]

  @Test func holmAgreesWithItsDefinition() {
    expectEqual(
      MultipleTesting.holm(p), [0.06, 0.16, 0.15, 0.035, 1, 0.16, 1, 0])
    expectEqual(MultipleTesting.holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06])
  }

  @Test func benjaminiHochbergAgreesWithScipy() {
    expectEqual(
      MultipleTesting.benjaminiHochberg(p),
      [
        0.026666666666666665, 0.05333333333333333, 0.05333333333333333, 0.02,
        0.5714285714285714, 0.05333333333333333, 1, 0,
      ])
  }

  @Test func adjustedValuesKeepOrderAndBounds() {
    var generator = TestGenerator(seed: 3)
    let p = (0..<200).map { _ in generator.uniform() * generator.uniform() }
    for adjusted in [MultipleTesting.holm(p), MultipleTesting.benjaminiHochberg(p)] {
      #expect(zip(p, adjusted).allSatisfy { $0 <= $1 && $1 <= 1 })
      let order = p.indices.sorted { p[$0] < p[$1] }
      #expect(zip(order, order.dropFirst()).allSatisfy { adjusted[$0] <= adjusted[$1] })
    }
    #expect(MultipleTesting.holm([]).isEmpty)
    #expect(MultipleTesting.holm([0.2]) == [0.2])
    #expect(MultipleTesting.benjaminiHochberg([0.2]) == [0.2])
  }

  @Test func holmKeepsFalseAlarmsOfAFamilyAtAlpha() {
    var generator = TestGenerator(seed: 5)
    let families = 20_000
    let alarms = (0..<families).filter { _ in
      let p = (0..<10).map { _ in generator.uniform() }
      return MultipleTesting.holm(p).contains { $0 <= 0.05 }
    }.count
    // Four standard errors above; independent tests make it 1 − 0.995¹⁰ = 0.0489.
    #expect(abs(Double(alarms) / Double(families) - 0.0489) < 0.0062)
  }

  private func expectEqual(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    for (value, other) in zip(values, expected) { #expect(abs(value - other) < 1e-15) }
  }
}
