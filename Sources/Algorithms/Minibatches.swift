import Episodes
import Randomness

/// A task's examples in minibatches: each pass over them in a random order of its own, and none twice
/// before all had their turn.
struct Minibatches {
  let examples: Examples
  let size: Int
  let noise: RandomStream

  init(of examples: Examples, size: Int, noise: RandomStream) {
    self.examples = examples
    self.size = min(size, examples.count)
    self.noise = noise
  }

  /// Minibatch `index` of an endless row; all examples, as they are, where one holds them all.
  subscript(index: Int) -> Examples {
    guard size < examples.count else { return examples }
    let places = (index * size..<(index + 1) * size).map { place in
      let pass = place / examples.count
      var random = noise.child("pass", pass).generator()
      return random.permutation(of: examples.count)[place % examples.count]
    }
    return examples.picked(places)
  }
}
