import Episodes
import Randomness
import Tensors
import Testing

struct OmniglotAlphabetsTests {
  @Test func everyCharacterIsInOneAlphabetOfOnePart() {
    let alphabets = Part.allCases.map { OmniglotAlphabets.Division.everyOther.characters(of: $0) }
    #expect(alphabets.map(\.count) == [30, 10, 10])
    let all = alphabets.flatMap { $0 }
    #expect(all.flatMap { $0 }.count == 1623 && Set(all.flatMap { $0 }).count == 1623)
    for alphabet in all { #expect(Set(alphabet.map { $0.split(separator: "/")[0] }).count == 1) }
    let split = Datasets.named("omniglot")?.split(named: "alphabets")
    #expect(split?.classes == [.train: 55, .validation: 47, .test: 45])
  }

  /// Classes of one pixel that tells their alphabet, and of a second that tells themselves.
  private func images(_ alphabet: UInt8, _ characters: Range<UInt8>) -> [UInt8] {
    characters.flatMap { character in (0..<4).flatMap { _ in [alphabet, character] } }
  }

  @Test func anEpisodesClassesAreOfOneAlphabetThatHasAsMany() {
    let pixels = [images(0, 0..<3), images(100, 3..<8), images(200, 8..<14)]
    func source(_ pixels: [UInt8]) -> ClassImages {
      ClassImages(pixels: pixels, examplesPerClass: 4, channels: 1, height: 1, width: 2)
    }
    let alphabets = OmniglotAlphabets(all: source(pixels.flatMap { $0 }), alphabets: pixels.map(source))
    #expect(alphabets.classCount == 14)
    var seen: Set<Float> = []
    for index in 0..<50 {
      let stream = RandomStream(seed: 1).child("episode", index)
      let episode = alphabets.episode(EpisodeShape(way: 4, shot: 1, query: 2), from: stream)
      let values = episode.support.inputs.elements
      let ofAlphabet = Set(stride(from: 0, to: values.count, by: 2).map { values[$0] })
      #expect(ofAlphabet.count == 1)
      #expect(Set(stride(from: 1, to: values.count, by: 2).map { values[$0] }).count == 4)
      seen.formUnion(ofAlphabet)
    }
    // The smallest alphabet has too few characters; both others have their turn.
    #expect(seen.count == 2 && !seen.contains(0))
  }
}
