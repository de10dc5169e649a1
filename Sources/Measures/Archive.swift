/// Arrays and numbers by name: what checkpoints hold of a state, and what the state is made of again.
public struct Archive: Sendable, Equatable {
  /// In the order in which they are to be read; names differ.
  public var arrays: [NamedArray]
  /// Counters.
  public var integers: [String: Int]
  /// Lists of numbers in double precision.
  public var numbers: [String: [Double]]

  /// An archive from its parts.
  public init(
    arrays: [NamedArray] = [], integers: [String: Int] = [:], numbers: [String: [Double]] = [:]
  ) {
    self.arrays = arrays
    self.integers = integers
    self.numbers = numbers
  }
}
