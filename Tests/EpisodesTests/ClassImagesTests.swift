import Episodes
import Randomness
import Tensors
import Testing

/// Images of 3 x 3 pixels: in class c, example e, pixel i has the byte 60 c + 9 e + i.
@Suite struct ClassImagesTests {
  let classes = 4, perClass = 6
  var plain: ClassImages { images(rotations: 1) }
  var rotated: ClassImages { images(rotations: 4) }

  func images(rotations: Int) -> ClassImages {
    let pixels = (0..<classes).flatMap { c in (0..<perClass * 9).map { UInt8(60 * c + $0) } }
    return ClassImages(
      pixels: pixels, examplesPerClass: perClass, channels: 1, height: 3, width: 3,
      rotations: rotations)
  }

  @Test(arguments: 0..<50)
  func supportAndQueryShareNoExample(_ index: Int) {
    let shape = EpisodeShape(way: 3, shot: 2, query: 4)
    let episode = plain.episode(shape, from: stream(index))
    let seen = bytes(episode.support) + bytes(episode.query)
    #expect(Set(seen.map(\.[0])).count == 18)
    #expect(episode.support.count == 6 && episode.query.count == 12)
    #expect(episode.support.inputs.shape == [6, 3, 3, 1])
    #expect(episode.query.inputs.shape == [12, 3, 3, 1])
  }

  @Test(arguments: 0..<50)
  func bothSetsAreOrderedByClass(_ index: Int) {
    let episode = plain.episode(.init(way: 4, shot: 1, query: 2), from: stream(index))
    #expect(labels(episode.support) == [0, 1, 2, 3])
    #expect(labels(episode.query) == [0, 0, 1, 1, 2, 2, 3, 3])
    let own = bytes(episode.support).map { Int($0[0]) / 60 }
    #expect(bytes(episode.query).map { Int($0[0]) / 60 } == own.flatMap { [$0, $0] })
  }

  @Test func labelsCarryNoMeaningAcrossEpisodes() {
    let firsts = (0..<100).map { index in
      Int(bytes(plain.episode(.init(way: 2, shot: 1, query: 1), from: stream(index)).support)[0][0])
        / 60
    }
    #expect(Set(firsts) == [0, 1, 2, 3])
  }

  @Test func equalStreamsGiveEqualEpisodes() {
    let shape = EpisodeShape(way: 3, shot: 1, query: 2)
    let first = rotated.episode(shape, from: stream(7))
    _ = rotated.episode(shape, from: stream(8))
    #expect(first.digest == images(rotations: 4).episode(shape, from: stream(7)).digest)
    #expect(first.digest != rotated.episode(shape, from: stream(8)).digest)
  }

  @Test func rotationsTurnImagesCounterclockwise() {
    let upright = (0..<9).map(UInt8.init)
    let expected: [[UInt8]] = [
      upright, [2, 5, 8, 1, 4, 7, 0, 3, 6], upright.reversed(), [6, 3, 0, 7, 4, 1, 8, 5, 2],
    ]
    let single = ClassImages(
      pixels: upright, examplesPerClass: 1, channels: 1, height: 3, width: 3, rotations: 4)
    let batch = single.batch(100, from: stream(0))
    for (image, label) in zip(bytes(batch), labels(batch)) { #expect(image == expected[label]) }
    #expect(Set(labels(batch)) == [0, 1, 2, 3])
  }

  @Test func rotationsAreClassesOfTheirOwn() {
    #expect(plain.classCount == 4 && rotated.classCount == 16)
    let episode = rotated.episode(.init(way: 16, shot: 1, query: 1), from: stream(0))
    let corners = bytes(episode.support).map { image in
      // Which class, and in which corner its darkest pixel is.
      [Int(image.min()!) / 60, [0, 6, 8, 2].firstIndex { image[$0] == image.min()! }!]
    }
    #expect(Set(corners).count == 16)
  }

  @Test func channelsComeLast() {
    let colored = ClassImages(
      pixels: [1, 2, 3, 4, 11, 12, 13, 14], examplesPerClass: 2, channels: 2, height: 1, width: 2)
    #expect(colored.inputKind == .images(channels: 2, height: 1, width: 2))
    let batch = colored.batch(3, from: stream(1))
    #expect(batch.inputs.shape == [3, 1, 2, 2])
    let values = batch.inputs.elements.map { UInt8($0 * 255) }
    for index in 0..<3 {
      let image = Array(values[4 * index..<4 * index + 4])
      #expect(image == [1, 2, 3, 4] || image == [11, 12, 13, 14])
    }
  }

  @Test func batchesAreUniformOverClassesAndExamples() {
    let batch = plain.batch(24_000, from: stream(3))
    var counts = Array(repeating: 0, count: 24)
    for (image, label) in zip(bytes(batch), labels(batch)) {
      #expect(Int(image[0]) / 60 == label)
      counts[label * 6 + Int(image[0]) % 60 / 9] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 1000) < 160 })
  }

  @Test func inkBecomesOneAndPaperZero() {
    let extremes = ClassImages(
      pixels: [0, 255], examplesPerClass: 1, channels: 1, height: 1, width: 2)
    #expect(extremes.batch(1, from: stream(0)).inputs.elements == [0, 1])
  }

  @Test func contentHasItsGoldenDigest() {
    let episode = rotated.episode(.init(way: 5, shot: 1, query: 3), from: stream(41))
    #expect(episode.digest == 4_807_223_678_529_966_086)
    #expect(rotated.digest.hasPrefix("01935c39db3f3bee"))
    #expect(rotated.digest != plain.digest)
  }

  func stream(_ index: Int) -> RandomStream { RandomStream(seed: 5).child("episode", index) }

  func labels(_ examples: Examples) -> [Int] {
    guard case .classes(let labels, _) = examples.targets else { return [] }
    return labels
  }

  func bytes(_ examples: Examples) -> [[UInt8]] {
    let elements = examples.inputs.elements
    return (0..<examples.count).map { index in
      elements[9 * index..<9 * index + 9].map { UInt8(($0 * 255).rounded()) }
    }
  }
}
