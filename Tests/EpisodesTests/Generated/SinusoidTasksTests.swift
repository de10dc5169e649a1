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

  @Test func theSplitSaysWhetherWavesDifferInFrequency() throws {
    let dataset = try #require(Datasets.named("sinusoid"))
    #expect(dataset.splits.map(\.name) == ["standard", "frequency"])
    #expect(dataset.splits.map(\.contextWidth) == [2, 3])
    // Results made before there was a second split stay what they are.
    #expect(dataset.splits[0].digest == "353e9bb3fd55143686f77f1cab036e97410b9ddae7f45bc448689afcefc81b19")
    #expect(dataset.splits[1].digest != dataset.splits[0].digest)
    for split in dataset.splits {
      let source = try Datasets.episodes(
        "sinusoid", split: split.name, part: .test, data: URL(fileURLWithPath: "/"))
      #expect((source as? SinusoidTasks)?.variety.rawValue == split.name)
      #expect(source.digest == split.digest && source.contextWidth == split.contextWidth)
      let episode = source.episode(.init(way: 1, shot: 3, query: 2), from: stream(0))
      #expect(episode.support.context?.shape == [3, split.contextWidth])
    }
  }

  @Test func wavesOfAnyFrequencyAreWhatTheirContextSays() throws {
    let source = SinusoidTasks(.frequency)
    var least = [Double](repeating: .infinity, count: 3)
    var largest = [Double](repeating: -.infinity, count: 3)
    for index in 0..<400 {
      let episode = source.episode(.init(way: 1, shot: 5, query: 5), from: stream(index))
      for examples in [episode.support, episode.query] {
        let (x, y) = try points(examples)
        let context = try #require(examples.context).elements.map(Double.init)
        for (place, x) in x.enumerated() {
          let wave = context[3 * place..<3 * place + 3].map(\.self)
          #expect(wave == Array(context[..<3]), "one wave for all points")
          #expect(abs(wave[0] * sin(wave[2] * x - wave[1]) - y[place]) < 1e-5)
          #expect(-5 <= x && x <= 5)
        }
        for place in 0..<3 {
          least[place] = min(least[place], context[place])
          largest[place] = max(largest[place], context[place])
        }
      }
    }
    // Of 400 waves some come close to every bound, and none gets over it.
    for (place, bounds) in [(0.1, 5), (0, Double.pi), (0.8, 1.2)].enumerated() {
      let width = bounds.1 - bounds.0
      #expect(bounds.0 - 1e-6 <= least[place] && least[place] < bounds.0 + 0.02 * width)
      #expect(bounds.1 + 1e-6 >= largest[place] && largest[place] > bounds.1 - 0.02 * width)
    }
  }

  @Test func wavesOfAnyFrequencyHaveTheirGoldenDigests() {
    let source = SinusoidTasks(.frequency)
    let digests = (0..<3).map {
      source.episode(.init(way: 1, shot: 5, query: 10), from: stream($0)).digest
    }
    #expect(
      digests == [1_308_483_266_839_133_537, 3_015_637_084_431_379_070, 9_686_264_493_519_153_037])
  }

  func stream(_ index: Int) -> RandomStream { RandomStream(seed: 2).child("episode", index) }

  func points(_ examples: Examples) throws -> ([Double], [Double]) {
    guard case .values(let values) = examples.targets else { throw Mismatch() }
    #expect(examples.inputs.shape == [examples.count, 1] && values.shape == [examples.count, 1])
    return (examples.inputs.elements.map(Double.init), values.elements.map(Double.init))
  }

  struct Mismatch: Error {}
}
