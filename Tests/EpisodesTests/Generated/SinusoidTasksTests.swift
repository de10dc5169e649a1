import Episodes
import Foundation
import Randomness
import Tensors
import Testing

@Suite struct SinusoidTasksTests {
  let source = SinusoidTasks()

  @Test(arguments: 0..<100)
  func allPointsOfAnEpisodeLieOnOneWave(_ index: Int) throws {
    let episode = source.episode(.init(way: 1, shot: 10, query: 20), from: stream(index))
    let (x, y) = try points(episode.support)
    // y = a sin x - b cos x with a = A cos p, b = A sin p: from the two points that tell most.
    let pairs = (0..<10).flatMap { i in (0..<i).map { (i, $0) } }
    let (i, j) = pairs.max { abs(sin(x[$0.0] - x[$0.1])) < abs(sin(x[$1.0] - x[$1.1])) }!
    let determinant = sin(x[j] - x[i])
    let a = (y[j] * cos(x[i]) - y[i] * cos(x[j])) / determinant
    let b = (y[j] * sin(x[i]) - y[i] * sin(x[j])) / determinant
    let amplitude = (a * a + b * b).squareRoot()
    #expect(0.0999 < amplitude && amplitude < 5.001)
    #expect(b > -0.001, "the phase is in 0...pi")
    let (queryX, queryY) = try points(episode.query)
    for (x, y) in zip(x + queryX, y + queryY) {
      #expect(abs(a * sin(x) - b * cos(x) - y) < 1e-4)
      #expect(-5 <= x && x <= 5)
    }
  }

  @Test func batchesAreOfUnrelatedWaves() throws {
    let (x, y) = try points(source.batch(20_000, from: stream(0)))
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(x)) < 0.1 && abs(mean(x.map { $0 * $0 }) - 25.0 / 3) < 0.2)
    // E y² = E A² / 2, nearly, and the phase does not matter on average over x.
    #expect(abs(mean(y.map { $0 * $0 }) - 4.25) < 0.25)
  }

  @Test func episodesHaveTheirGoldenDigest() {
    let episode = source.episode(.init(way: 1, shot: 5, query: 10), from: stream(41))
    #expect(episode.digest == 6_098_895_631_275_344_279)
  }

  func stream(_ index: Int) -> RandomStream { RandomStream(seed: 2).child("episode", index) }

  func points(_ examples: Examples) throws -> ([Double], [Double]) {
    guard case .values(let values) = examples.targets else { throw Mismatch() }
    #expect(examples.inputs.shape == [examples.count, 1] && values.shape == [examples.count, 1])
    return (examples.inputs.elements.map(Double.init), values.elements.map(Double.init))
  }

  struct Mismatch: Error {}
}
