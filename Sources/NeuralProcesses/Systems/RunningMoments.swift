import Kinds
import Measures

/// The mean and the mean square of numbers that come in batches of equal size.
package struct RunningMoments: Sendable, Equatable {
  /// The moments of a standard normal before the first batch.
  package private(set) var mean: Float = 0
  package private(set) var square: Float = 1
  private(set) var batches = 0

  package init() {}

  /// Takes a batch into account.
  mutating func absorb(_ numbers: [Double]) {
    batches += 1
    let count = Double(numbers.count)
    let share = 1 / Float(batches)
    mean += (Float(numbers.reduce(0, +) / count) - mean) * share
    square += (Float(numbers.reduce(0) { $0 + $1 * $1 } / count) - square) * share
  }

  fileprivate var array: NamedArray { NamedArray(name: "moments", shape: [2], values: [mean, square]) }

  fileprivate init?(_ array: NamedArray?, batches: Int) {
    guard let array, array.name == "moments", array.shape == [2] else { return nil }
    (mean, square, self.batches) = (array.values[0], array.values[1], batches)
  }
}

/// Archives of what learns two moments of what it sees.
package protocol MomentArchives: LearnedArchives where Learned == RunningMoments {}

extension MomentArchives {
  package func archive(_ learned: RunningMoments) -> Archive {
    Archive(arrays: [learned.array], integers: ["batches": learned.batches])
  }

  package func learned(from archive: Archive) -> RunningMoments? {
    archive.integers["batches"].flatMap { RunningMoments(archive.arrays.first, batches: $0) }
  }

  package func kept(_ learned: RunningMoments) -> [NamedArray] { [learned.array] }

  package func learned(keeping arrays: [NamedArray], in untrained: RunningMoments) -> RunningMoments? {
    RunningMoments(arrays.first, batches: untrained.batches)
  }
}
