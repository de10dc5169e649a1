import Episodes
import Foundation
import Randomness
import Tensors
import Testing

@Suite struct StrokeCharactersTests {
  let source = StrokeCharacters.images(of: .validation)

  @Test func theRenderedPartHasItsGoldenDigest() {
    #expect(source.digest.hasPrefix("c7dcb21d7a613ab1"))
  }

  @Test func drawingsAreInkOnEmptyPaperAndCentred() {
    let batch = source.batch(1000, from: RandomStream(seed: 1))
    var (ink, x, y) = (0.0, 0.0, 0.0)
    batch.inputs.withElements { elements in
      for index in 0..<1000 {
        let image = elements[index * 784..<(index + 1) * 784]
        #expect(image.min()! == 0 && image.max()! > 0.5 && image.max()! <= 1)
        for (place, value) in image.enumerated() {
          ink += Double(value)
          x += Double(value) * (Double(place % 28) + 0.5)
          y += Double(value) * (Double(place / 28) + 0.5)
        }
      }
    }
    #expect(abs(x / ink - 14) < 0.3 && abs(y / ink - 14) < 0.3)
    let share = ink / 784_000
    #expect(0.04 < share && share < 0.15, "Omniglot has 0.08, here \(share)")
  }

  @Test func thereIsSomethingToLearnAndSomethingToGainFromLearning() {
    var right = 0
    for index in 0..<200 {
      let stream = RandomStream(seed: 2).child("episode", index)
      let episode = source.episode(.init(way: 5, shot: 1, query: 3), from: stream)
      right += correctByNearestPixels(episode)
    }
    let accuracy = Double(right) / 3000
    #expect(0.45 < accuracy && accuracy < 0.7, "nearest neighbour on pixels: \(accuracy)")
  }

  func correctByNearestPixels(_ episode: Episode) -> Int {
    let support = episode.support.inputs.elements
    let query = episode.query.inputs.elements
    return (0..<15).filter { index in
      let distances = (0..<5).map { label in
        (0..<784).reduce(Float(0)) { sum, pixel in
          let difference = support[label * 784 + pixel] - query[index * 784 + pixel]
          return sum + difference * difference
        }
      }
      return distances.firstIndex(of: distances.min()!) == index / 3
    }.count
  }
}
