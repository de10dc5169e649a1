import Episodes
import Randomness
import Tensors
import Testing

@Suite struct QuadraticTasksTests {
  let source = QuadraticTasks()

  private func points(_ examples: Examples) throws -> [(x: (Double, Double), y: Double)] {
    guard case .values(let values) = examples.targets else { throw Mismatch() }
    let x = examples.inputs.elements.map(Double.init)
    return values.elements.enumerated().map { ((x[2 * $0], x[2 * $0 + 1]), Double($1)) }
  }

  private struct Mismatch: Error {}

  @Test func aTaskIsALinearFunctionOfBothInputs() throws {
    for index in 0..<20 {
      let episode = source.episode(.init(way: 1, shot: 2, query: 10), from: stream(index))
      let support = try points(episode.support)
      // The one linear function through both points of the support set.
      let ((a, b), (c, d)) = (support[0].x, support[1].x)
      let determinant = a * d - b * c
      let w = (
        (support[0].y * d - b * support[1].y) / determinant,
        (a * support[1].y - support[0].y * c) / determinant
      )
      let rounding = 1e-4 * (1 + abs(w.0) + abs(w.1)) / abs(determinant)
      for (x, y) in try points(episode.query) {
        let error = w.0 * x.0 + w.1 * x.1 - y
        #expect(abs(error) < rounding)
      }
    }
  }

  @Test func curvatureHasAConditionOfAHundredAlongTurnedAxes() throws {
    let batch = try points(source.batch(40_000, from: stream(0)))
    func mean(_ f: ((x: (Double, Double), y: Double)) -> Double) -> Double {
      batch.reduce(0) { $0 + f($1) } / Double(batch.count)
    }
    let (xx, xy, yy) = (mean { $0.x.0 * $0.x.0 }, mean { $0.x.0 * $0.x.1 }, mean { $0.x.1 * $0.x.1 })
    let (half, root) = ((xx + yy) / 2, ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot())
    let (largest, smallest) = (half + root, half - root)
    #expect(abs(largest - 1) < 0.03)
    #expect(abs(largest / smallest - 100) < 5)
    // tan 60 degrees is twice the angle's.
    let tangent = 2 * xy / (xx - yy)
    #expect(abs(tangent - 3.0.squareRoot()) < 0.05)
    // Both directions have their share of 1.
    #expect(abs(mean { $0.y * $0.y } - 2) < 0.1)
  }

  @Test func episodesHaveTheirGoldenDigest() {
    let episode = source.episode(.init(way: 1, shot: 5, query: 10), from: stream(41))
    #expect(episode.digest == 10_847_712_391_593_107_668)
  }

  private func stream(_ index: Int) -> RandomStream { RandomStream(seed: 2).child("episode", index) }
}
