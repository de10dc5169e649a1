import Episodes
import Randomness
import Tensors
import Testing

@Suite struct GaussianClassesTests {
  @Test(arguments: [(2, 1), (5, 1), (5, 5), (20, 1)])
  func theBestClassifierReachesTheBestAccuracy(_ way: Int, _ shot: Int) {
    let source = GaussianClasses(part: .test)
    let query = 5
    let episodes = 60_000 / (way * query)
    var right = 0
    for index in 0..<episodes {
      let stream = RandomStream(seed: 1).child("episode", index)
      let episode = source.episode(.init(way: way, shot: shot, query: query), from: stream)
      right += correctByNearestMean(episode, way: way, shot: shot, query: query)
    }
    let measured = Double(right) / Double(episodes * way * query)
    let best = GaussianClasses.bestAccuracy(way: way, shot: shot)
    #expect(abs(measured - best) < 0.012, "\(measured) measured, \(best) computed")
  }

  @Test func theBestAccuracyHasTheRightLimits() {
    // With one way the integrand is a probability density, so this is the error of the quadrature.
    for shot in [1, 5, 50] {
      #expect(abs(GaussianClasses.bestAccuracy(way: 1, shot: shot) - 1) < 1e-6)
    }
    #expect(abs(GaussianClasses.bestAccuracy(way: 5, shot: 1) - 0.6605894766) < 1e-9)
    #expect(
      GaussianClasses.bestAccuracy(way: 5, shot: 5) > GaussianClasses.bestAccuracy(way: 5, shot: 1))
  }

  @Test func batchesHaveTheFixedClassesOfTheirPart() {
    let source = GaussianClasses(part: .train)
    let batch = source.batch(20_000, from: RandomStream(seed: 4))
    guard case .classes(let labels, of: 100) = batch.targets else {
      Issue.record("100 classes")
      return
    }
    var sums = [[Double]](repeating: Array(repeating: 0, count: 20), count: 100)
    var counts = [Int](repeating: 0, count: 100)
    batch.inputs.withElements { elements in
      for (index, label) in labels.enumerated() {
        counts[label] += 1
        for feature in 0..<20 { sums[label][feature] += Double(elements[index * 20 + feature]) }
      }
    }
    #expect(counts.allSatisfy { $0 > 120 })
    // Class means vary with variance 0.5, estimated from some 200 examples each.
    let squares = zip(sums, counts).flatMap { sum, count in
      sum.map { $0 / Double(count) * $0 / Double(count) }
    }
    #expect(abs(squares.reduce(0, +) / 2000 - 0.505) < 0.08)
    #expect(source.digest != GaussianClasses(part: .test).digest)
  }

  @Test func episodesHaveTheirGoldenDigest() {
    let episode = GaussianClasses(part: .test)
      .episode(.init(way: 5, shot: 1, query: 2), from: RandomStream(seed: 41))
    #expect(episode.digest == 14_675_576_603_846_134_310)
  }

  func correctByNearestMean(_ episode: Episode, way: Int, shot: Int, query: Int) -> Int {
    let d = 20
    // Shrinking all means by the same factor matters: the query is not shrunk.
    let shrink = Float(
      Double(shot) * GaussianClasses.priorVariance
        / (Double(shot) * GaussianClasses.priorVariance + 1))
    let support = episode.support.inputs.elements
    let queries = episode.query.inputs.elements
    let means = (0..<way).map { c in
      (0..<d).map { f in
        shrink * (0..<shot).reduce(Float(0)) { $0 + support[(c * shot + $1) * d + f] } / Float(shot)
      }
    }
    return (0..<way * query).filter { index in
      let distances = means.map { mean in
        (0..<d).reduce(Float(0)) { sum, f in
          let difference = queries[index * d + f] - mean[f]
          return sum + difference * difference
        }
      }
      return distances.firstIndex(of: distances.min()!) == index / query
    }.count
  }
}
