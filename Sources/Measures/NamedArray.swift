/// A float32 array with a name: a learned parameter, or a piece of a learner's state.
public struct NamedArray: Sendable, Equatable {
  /// Its path below `/parameters` or `/state`, as in `block1/filter`.
  public var name: String
  /// Its shape, outermost dimension first.
  public var shape: [Int]
  /// Its values in row-major order.
  public var values: [Float]

  /// An array from its parts.
  ///
  /// - Precondition: `values.count` is the product of `shape`.
  public init(name: String, shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "'\(name)': values do not fill the shape")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
