import Episodes
import Randomness

/// A run or pairs as places, drawn from a stream.
extension AlphabetSource {
  /// A run of an alphabet: characters and two drawers of this part, all different.
  ///
  /// - Precondition: The alphabet has as many characters, and the part two drawers.
  package func run(of alphabet: Int, way: Int, from stream: RandomStream) -> AlphabetRun {
    var random = stream.generator()
    let characters = random.sample(way, from: alphabets[alphabet])
    let two = random.sample(2, from: drawers.count).map { drawers.lowerBound + $0 }
    return AlphabetRun(
      alphabet: alphabet, characters: characters, supportDrawer: two[0], queryDrawer: two[1])
  }

  /// Pairs by two drawers each, the second, fourth, ... of the same character, the others of two characters of
  /// one alphabet.
  ///
  /// - Parameter alphabet: Which alphabet; nil draws one for each pair, all equally often, as in Koch's
  ///   section 3.3.
  package func pairs(_ count: Int, of alphabet: Int? = nil, from stream: RandomStream) -> PairPlaces {
    var random = stream.generator()
    var places = PairPlaces()
    for index in 0..<count {
      let own = alphabet ?? random.integer(below: alphabets.count)
      let same = index % 2 == 1
      let two = random.sample(2, from: alphabets[own])
      let by = random.sample(2, from: drawers.count).map { drawers.lowerBound + $0 }
      places.first.append(DrawingPlace(alphabet: own, character: two[0], drawer: by[0]))
      places.second.append(DrawingPlace(alphabet: own, character: two[same ? 0 : 1], drawer: by[1]))
      places.same.append(same)
    }
    return places
  }

  /// The drawings of pairs.
  package func drawings(of places: PairPlaces) -> DrawingPairs {
    DrawingPairs(
      first: drawings(at: places.first), second: drawings(at: places.second), same: places.same)
  }
}

/// Pairs before their drawings are looked at.
package struct PairPlaces: Hashable, Sendable {
  package var first: [DrawingPlace] = []
  package var second: [DrawingPlace] = []
  package var same: [Bool] = []
}
