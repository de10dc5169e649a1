import Randomness
import Testing

@Suite struct RandomGeneratorTests {
  var random = RandomStream(seed: 1).generator()

  @Test mutating func numbersHaveTheirGoldenValues() {
    #expect(
      (0..<8).map { _ in random.integer(below: 1000) }
        == [894, 711, 874, 656, 556, 921, 36, 53])
    #expect(
      (0..<3).map { _ in random.uniform() }
        == [0.6632735729794398, 0.8339316613636475, 0.29557739621034773])
    #expect(
      (0..<4).map { _ in random.normal() }
        == [0.5620830839819129, 0.5360323774843371,
          -1.670320223043978, 0.3462494579392622])
    #expect(
      (0..<2).map { _ in random.truncatedNormal() }
        == [1.0301273436010503, -0.6382093227471135])
    #expect(random.permutation(of: 10) == [7, 6, 3, 1, 9, 8, 0, 4, 5, 2])
    #expect(random.sample(5, from: 20) == [6, 16, 10, 4, 12])
    #expect(random.sample(5, from: 1_000_000) == [871189, 863737, 869397, 487001, 378604])
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  mutating func integersAreUniform(_ bound: Int) {
    let draws = 200_000
    var counts = Array(repeating: 0, count: bound)
    for _ in 0..<draws { counts[random.integer(below: bound)] += 1 }
    let expected = Double(draws) / Double(bound)
    let chiSquare = counts.map { (Double($0) - expected) * (Double($0) - expected) / expected }
      .reduce(0, +)
    // Mean bound - 1, variance 2 (bound - 1): five deviations.
    let freedom = Double(bound - 1)
    #expect(chiSquare <= freedom + 5 * (2 * freedom).squareRoot() + 5)
  }

  @Test mutating func aLargeBoundIsNotBiased() {
    // With 3 * 2^61, keeping the remainder of 64 bits would make the lower third twice as probable.
    let bound = 3 << 61
    let draws = 30_000
    let low = (0..<draws).filter { _ in random.integer(below: bound) < 1 << 61 }.count
    #expect(abs(Double(low) / Double(draws) - 1.0 / 3) < 0.015)
  }

  @Test mutating func uniformNumbersHaveTheMomentsOfTheirDistribution() {
    let numbers = (0..<200_000).map { _ in random.uniform() }
    #expect(numbers.allSatisfy { 0 <= $0 && $0 < 1 })
    #expect(abs(mean(numbers) - 0.5) < 0.004)
    #expect(abs(mean(numbers.map { $0 * $0 }) - 1.0 / 3) < 0.004)
    let scaled = (0..<1000).map { _ in random.uniform(in: -5...5) }
    #expect(scaled.allSatisfy { -5 <= $0 && $0 <= 5 })
    #expect(scaled.min()! < -4.9 && scaled.max()! > 4.9)
  }

  @Test mutating func normalNumbersHaveTheMomentsOfTheirDistribution() {
    let numbers = (0..<400_000).map { _ in random.normal() }
    #expect(abs(mean(numbers)) < 0.008)
    #expect(abs(mean(numbers.map { $0 * $0 }) - 1) < 0.012)
    #expect(abs(mean(numbers.map { $0 * $0 * $0 })) < 0.04)
    #expect(abs(mean(numbers.map { $0 * $0 * $0 * $0 }) - 3) < 0.1)
    let products = (0..<200_000).map { numbers[2 * $0] * numbers[2 * $0 + 1] }
    #expect(abs(mean(products)) < 0.012, "the two numbers of a pair are independent")
    let within = numbers.filter { $0.magnitude < 1 }.count
    #expect(abs(Double(within) / 400_000 - 0.682689) < 0.004)
  }

  @Test mutating func truncatedNormalNumbersStayWithinTwoDeviations() {
    let numbers = (0..<200_000).map { _ in random.truncatedNormal() }
    #expect(numbers.allSatisfy { $0.magnitude <= 2 })
    #expect(abs(mean(numbers)) < 0.01)
    // 1 - 2 * 2 φ(2) / (2 Φ(2) - 1)
    #expect(abs(mean(numbers.map { $0 * $0 }) - 0.773741) < 0.01)
  }

  @Test mutating func everyPermutationIsEquallyProbable() {
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[random.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 160 })
    #expect(random.permutation(of: 0) == [])
    #expect(random.permutation(of: 500).sorted() == Array(0..<500))
  }

  @Test(arguments: [(0, 5), (5, 5), (3, 64), (64, 64), (3, 65), (5, 4112), (400, 4112), (3, 1 << 40)])
  mutating func samplesAreDistinctAndInRange(_ count: Int, _ population: Int) {
    let sample = random.sample(count, from: population)
    #expect(sample.count == count && Set(sample).count == count)
    #expect(sample.allSatisfy { 0 <= $0 && $0 < population })
  }

  @Test(arguments: [5, 100])
  mutating func everyPlaceOfASampleIsUniform(_ population: Int) {
    // 5 takes the dense way, 100 the sparse one.
    let draws = 20_000
    var counts = Array(repeating: Array(repeating: 0, count: population), count: 3)
    for _ in 0..<draws {
      for (place, value) in random.sample(3, from: population).enumerated() {
        counts[place][value] += 1
      }
    }
    let expected = Double(draws) / Double(population)
    #expect(counts.joined().allSatisfy { abs(Double($0) - expected) < 6 * expected.squareRoot() })
  }

  func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
}
