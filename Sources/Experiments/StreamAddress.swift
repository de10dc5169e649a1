import Randomness

/// Where a stream of randomness is: below a seed, by purposes and their coordinates.
public struct StreamAddress: Sendable, CustomStringConvertible {
  private let seed: UInt64
  private var steps: [(purpose: String, coordinates: [Int])] = []

  /// The root of all streams of `seed`.
  init(seed: UInt64) { self.seed = seed }

  /// The address for one purpose and its coordinates.
  func child(_ purpose: String, at coordinates: [Int] = []) -> StreamAddress {
    var child = self
    child.steps.append((purpose, coordinates))
    return child
  }

  /// What is at the address.
  var stream: RandomStream {
    steps.reduce(RandomStream(seed: seed)) { $0.child($1.purpose, at: $1.coordinates) }
  }

  /// As in `2017 > tasks/test/omniglot/vinyals (5, 1, 15) > episode (41)`.
  public var description: String {
    ([String(seed)]
      + steps.map { purpose, coordinates in
        coordinates.isEmpty
          ? purpose : "\(purpose) (\(coordinates.map(String.init).joined(separator: ", ")))"
      }).joined(separator: " > ")
  }
}
