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
    let range = index * size..<(index + 1) * size
    let passes = (range.lowerBound / examples.count...(range.upperBound - 1) / examples.count)
    let orders = passes.map { pass in
      var random = noise.child("pass", pass).generator()
      return random.permutation(of: examples.count)
    }
    return examples.picked(
      range.map { orders[$0 / examples.count - passes.lowerBound][$0 % examples.count] })
  }
}
