import Episodes
import Randomness
import Tensors
import Testing

import Transfer

@Suite struct ClassDrawTests {
  static let division = ImageDivision(training: 10, validation: 4, test: 6)

  func draw(_ classes: Int, seed: UInt64 = 1, _ division: ImageDivision = division) -> ClassDraw {
    ClassDraw(classes, of: StrokeCharacters.images(of: .test), division, from: RandomStream(seed: seed))
  }

  /// The pixels of each example.
  func rows(_ examples: Examples) -> [[Float]] {
    let elements = examples.inputs.elements
    let size = elements.count / examples.count
    return (0..<examples.count).map { Array(elements[$0 * size..<($0 + 1) * size]) }
  }

  func labels(_ examples: Examples) -> [Int] {
    guard case .classes(let labels, _) = examples.targets else { return [] }
    return labels
  }

  @Test func imagesToLearnFromToValidateAndToTestAreDisjoint() {
    let draw = draw(30)
    let sets = [draw.training, draw.validation, draw.test].map(rows)
    #expect(sets.map(\.count) == [300, 120, 180])
    #expect(Set(sets.joined()).count == 600)
    // Together they are all drawings of their classes: of no class a drawing is there that is not its own.
    let whole = self.draw(30, ImageDivision(training: 14, validation: 4, test: 2))
    #expect(Set([whole.training, whole.validation, whole.test].flatMap(rows)) == Set(sets.joined()))
  }

  @Test func labelsAreOfTheDraw() {
    let draw = draw(7)
    for (examples, count) in [(draw.training, 10), (draw.validation, 4), (draw.test, 6)] {
      #expect(labels(examples) == (0..<7).flatMap { Array(repeating: $0, count: count) })
      guard case .classes(_, let way) = examples.targets else { return }
      #expect(way == 7)
    }
    // A label is the same class in all three sets. Here a class is told by the first pixel of its images.
    let images = ClassImages(
      pixels: (0..<400).flatMap { [UInt8($0 / 20 * 10), UInt8($0 % 20)] }, examplesPerClass: 20, channels: 1,
      height: 1, width: 2)
    let told = ClassDraw(7, of: images, Self.division, from: RandomStream(seed: 5))
    let classes = [told.training, told.validation, told.test].map { set in
      Set(zip(labels(set), rows(set)).map { [Float($0), $1[0]] })
    }
    #expect(classes[0].count == 7 && Set(classes[0].map { $0[1] }).count == 7)
    #expect(classes[1] == classes[0] && classes[2] == classes[0])
  }

  @Test func otherStreamsAreOtherDrawsAndTheDigestTellsThemApart() {
    let digests = [
      draw(5).digest, draw(5, seed: 2).digest, draw(6).digest,
      draw(5, ImageDivision(training: 10, validation: 5, test: 5)).digest,
    ]
    #expect(Set(digests).count == 4)
    #expect(draw(5).digest == digests[0])
  }

  @Test func groupsHaveDifferentClassesAndOneImageOfEach() {
    let draw = draw(9)
    let minibatches = GroupedMinibatches(groups: 16, classes: 5)
    var seen: Set<[Float]> = []
    for step in 0..<200 {
      let minibatch = minibatches.minibatch(of: draw.training, from: RandomStream(seed: 3).child("step", step))
      let own = labels(minibatch)
      #expect(own.count == 80)
      for group in 0..<16 { #expect(Set(own[group * 5..<group * 5 + 5]).count == 5) }
      seen.formUnion(rows(minibatch))
    }
    // All images that are learned from have their turn, and no other.
    #expect(seen == Set(rows(draw.training)))
  }
}
