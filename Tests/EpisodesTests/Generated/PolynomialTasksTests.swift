import Episodes
import Randomness
import Tensors
import Testing

@Suite struct PolynomialTasksTests {
  @Test(arguments: 0...2)
  func allPointsOfAnEpisodeLieOnOnePolynomialOfItsOrder(_ order: Int) throws {
    let source = PolynomialTasks(order: order)
    var largest = [0.0, 0, 0]
    for index in 0..<400 {
      let episode = source.episode(.init(way: 1, shot: 10, query: 20), from: stream(index))
      let (x, y) = try points(episode.support)
      // Newton's differences through the points that lie furthest apart.
      let sorted = zip(x, y).sorted { $0.0 < $1.0 }
      let nodes = (0...order).map { sorted[order == 0 ? 0 : 9 * $0 / order] }
      let (queryX, queryY) = try points(episode.query)
      for (x, y) in zip(x + queryX, y + queryY) {
        #expect(-2 <= x && x <= 2)
        #expect(abs(lagrange(nodes, at: x) - y) < 1e-3)
      }
      let values = [-1.0, 0, 1].map { lagrange(nodes, at: $0) }
      largest[0] = max(largest[0], abs(values[1]))
      largest[1] = max(largest[1], abs(values[2] - values[0]) / 2)
      largest[2] = max(largest[2], abs(values[2] + values[0] - 2 * values[1]) / 2)
    }
    // Of 400 coefficients some come close to their bound, and none gets over it.
    for (exponent, bound) in [1, 0.5, 0.25].enumerated() {
      let expected = exponent <= order ? bound : 0
      #expect(largest[exponent] < expected + 2e-3)
      #expect(largest[exponent] > 0.95 * expected - 1e-9)
    }
  }

  @Test func theSplitIsTheOrder() throws {
    let dataset = try #require(Datasets.named("polynomial"))
    #expect(dataset.splits.map(\.name) == ["order-0", "order-1", "order-2"])
    #expect(Set(dataset.splits.map(\.digest)).count == 3)
    for (order, split) in dataset.splits.enumerated() {
      let source = try Datasets.episodes(
        "polynomial", split: split.name, part: .train, data: .init(fileURLWithPath: "/"))
      #expect((source as? PolynomialTasks)?.order == order)
      #expect(source.digest == split.digest)
    }
  }

  @Test func episodesHaveTheirGoldenDigest() {
    let episode = PolynomialTasks(order: 2).episode(
      .init(way: 1, shot: 5, query: 10), from: stream(41))
    #expect(episode.digest == 1_803_637_987_314_996_734)
  }

  func stream(_ index: Int) -> RandomStream { RandomStream(seed: 2).child("episode", index) }

  func lagrange(_ nodes: [(Double, Double)], at x: Double) -> Double {
    nodes.indices.map { i in
      nodes.indices.filter { $0 != i }
        .reduce(nodes[i].1) { $0 * (x - nodes[$1].0) / (nodes[i].0 - nodes[$1].0) }
    }.reduce(0, +)
  }

  func points(_ examples: Examples) throws -> ([Double], [Double]) {
    guard case .values(let values) = examples.targets else { throw Mismatch() }
    return (examples.inputs.elements.map(Double.init), values.elements.map(Double.init))
  }

  struct Mismatch: Error {}
}
