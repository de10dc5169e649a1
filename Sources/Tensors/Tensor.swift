/// A shaped array of Float32 numbers, row-major: a value that never changes once it is made.
///
/// A tensor that was computed while a ``Tape`` recorded also knows its place on that tape, so that
/// ``gradient(of:at:keepingGraph:)`` can find what it depends on.
///
///     let x = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
///     x.shape      // [2, 3]
///     x.elements   // [1, 2, 3, 4, 5, 6]
public struct Tensor: Sendable {
  /// The lengths of the axes, outermost first.
  public let shape: Shape
  var buffer: Buffer
  /// Where this value was recorded; nil for a constant.
  var origin: Origin?

  init(shape: Shape, buffer: Buffer, origin: Origin? = nil) {
    self.shape = shape
    self.buffer = buffer
    self.origin = origin
  }

  /// A tensor that `fill` initializes; it must write every element.
  public init(
    _ shape: Shape, filledBy fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    let buffer = Buffer(count: shape.count)
    try fill(UnsafeMutableBufferPointer(start: buffer.elements, count: shape.count))
    self.init(shape: shape, buffer: buffer)
  }

  /// - Precondition: as many elements as the shape holds.
  public init(_ shape: Shape, _ elements: [Float]) {
    precondition(elements.count == shape.count, "\(elements.count) elements do not fill \(shape)")
    self.init(shape) { _ = $0.initialize(from: elements) }
  }

  /// A single number.
  public init(_ number: Float) {
    self.init(.scalar) { $0[0] = number }
  }

  /// The same number everywhere.
  public init(repeating number: Float, _ shape: Shape) {
    self.init(shape) { $0.initialize(repeating: number) }
  }

  /// Zeros everywhere.
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: 0, shape) }

  /// The elements in row-major order, copied.
  public var elements: [Float] { withElements(Array.init) }

  /// The number of elements.
  public var count: Int { buffer.count }

  /// The only element of a tensor that has one.
  public var scalar: Float {
    precondition(count == 1, "a tensor of shape \(shape) is not a single number")
    return buffer.elements[0]
  }

  /// Calls `body` with the elements in row-major order, without copying them.
  public func withElements<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(buffer) {
      try body(UnsafeBufferPointer(start: buffer.elements, count: count))
    }
  }

  /// The same numbers as a constant: no gradient flows through it.
  public var detached: Tensor { Tensor(shape: shape, buffer: buffer) }
}
