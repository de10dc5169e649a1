import Episodes
import Randomness
import Tensors
import Testing

@Suite struct HarmonicTasksTests {
  let source = HarmonicTasks()

  @Test func pointsLieAroundACenterOfTheTask() throws {
    var means: [Double] = []
    for index in 0..<300 {
      let episode = source.episode(.init(way: 1, shot: 10, query: 90), from: stream(index))
      let x = try points(episode.support).0 + points(episode.query).0
      let mean = x.reduce(0, +) / 100
      let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 99
      #expect(0.4 < variance && variance < 1.9)
      means.append(mean)
    }
    #expect(means.min()! < -3.5 && means.max()! > 3.5)
    #expect(means.allSatisfy { abs($0) < 4.6 })
  }

  @Test func batchesAreOfUnrelatedTasks() throws {
    let (x, y) = try points(source.batch(20_000, from: stream(0)))
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    // The variance of the center, 16/3, and that around it; of each wave, half of that of its amplitude.
    #expect(abs(mean(x)) < 0.1 && abs(mean(x.map { $0 * $0 }) - (16.0 / 3 + 1)) < 0.2)
    #expect(abs(mean(y)) < 0.03 && abs(mean(y.map { $0 * $0 }) - 1) < 0.05)
  }

  @Test func episodesHaveTheirGoldenDigest() {
    let episode = source.episode(.init(way: 1, shot: 5, query: 10), from: stream(41))
    #expect(episode.digest == 12_823_132_900_759_715_226)
  }

  func stream(_ index: Int) -> RandomStream { RandomStream(seed: 2).child("episode", index) }

  func points(_ examples: Examples) throws -> ([Double], [Double]) {
    guard case .values(let values) = examples.targets else { throw Mismatch() }
    return (examples.inputs.elements.map(Double.init), values.elements.map(Double.init))
  }

  struct Mismatch: Error {}
}
