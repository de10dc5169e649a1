/// Randomness addressed by what it is for rather than by when it is drawn.
///
/// A stream is only an address: nothing is consumed from it, and nobody can disturb anybody else's.
///
///     let root = RandomStream(seed: 2017)
///     let tasks = root.child("tasks/test", way, shot, query)   // the same for every algorithm
///     var random = tasks.child("episode", 41).generator()
///
/// Determinism: equal seeds and paths give equal numbers on every machine.
public struct RandomStream: Hashable, Sendable {
  private let key: UInt64

  /// The root of all streams of `seed`.
  public init(seed: UInt64) { key = seed }

  /// The stream for one purpose and its coordinates.
  ///
  /// The path is hashed, never added: neighbouring coordinates share nothing, and
  /// `child("a", 1)` differs from `child("a").child("", 1)`.
  ///
  /// - Complexity: O(length of `purpose` + number of coordinates).
  public func child(_ purpose: String, _ coordinates: Int...) -> RandomStream {
    child(purpose, at: coordinates)
  }

  /// The stream for one purpose and a list of its coordinates.
  ///
  /// - Complexity: O(length of `purpose` + number of coordinates).
  public func child(_ purpose: String, at coordinates: [Int]) -> RandomStream {
    var hash = PathHash(key: key)
    hash.absorb(purpose)
    hash.absorb(UInt64(coordinates.count))
    for coordinate in coordinates { hash.absorb(UInt64(bitPattern: Int64(coordinate))) }
    return RandomStream(seed: hash.key)
  }

  /// A generator that stands at the first number of this address.
  public func generator() -> RandomGenerator { RandomGenerator(key: key) }
}

/// Chains Philox over 64-bit words: each word is scrambled under the key that those before it made.
private struct PathHash {
  var key: UInt64

  mutating func absorb(_ word: UInt64) {
    // Draws have 0 in the counter's upper half, so that no key is ever a number somebody drew.
    let block = Philox.block(low: word, high: 1, key: key)
    key = UInt64(block.x) | UInt64(block.y) << 32
  }

  /// Its length in bytes, then its UTF-8 bytes in words of eight, the last filled up with zeros.
  mutating func absorb(_ text: String) {
    absorb(UInt64(text.utf8.count))
    var word: UInt64 = 0
    var filled: UInt64 = 0
    for byte in text.utf8 {
      word |= UInt64(byte) << (8 * filled)
      filled += 1
      if filled == 8 {
        absorb(word)
        (word, filled) = (0, 0)
      }
    }
    if filled > 0 { absorb(word) }
  }
}
