/// The lengths of a tensor's axes, outermost first, at most five of them.
///
/// Kept inline rather than in an array, so that making a tensor costs no allocation for its shape.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The most axes that a tensor has.
  public static let maximumRank = 5

  private var lengths: (Int32, Int32, Int32, Int32, Int32) = (1, 1, 1, 1, 1)
  /// The number of axes.
  public private(set) var rank: Int

  /// - Precondition: at most five lengths, none negative.
  public init(_ lengths: [Int]) {
    precondition(lengths.count <= Self.maximumRank, "a tensor has at most five axes")
    rank = lengths.count
    for axis in 0..<rank {
      precondition(lengths[axis] >= 0, "the length of an axis cannot be negative")
      self[axis] = lengths[axis]
    }
  }

  public init(arrayLiteral lengths: Int...) { self.init(lengths) }

  /// The shape of a single number.
  public static let scalar: Shape = []

  /// The length of an axis, counted from the outermost. One beyond 2³¹ - 1 is taken as that: sizes that no memory
  /// has room for can be named, and refused.
  public subscript(axis: Int) -> Int {
    get {
      switch axis {
      case 0: Int(lengths.0)
      case 1: Int(lengths.1)
      case 2: Int(lengths.2)
      case 3: Int(lengths.3)
      default: Int(lengths.4)
      }
    }
    set {
      let length = Int32(clamping: newValue)
      switch axis {
      case 0: lengths.0 = length
      case 1: lengths.1 = length
      case 2: lengths.2 = length
      case 3: lengths.3 = length
      default: lengths.4 = length
      }
    }
  }

  /// The number of elements.
  public var count: Int {
    Int(lengths.0) * Int(lengths.1) * Int(lengths.2) * Int(lengths.3) * Int(lengths.4)
  }

  /// The shape of `count` tensors of this shape along a new first axis.
  public func stacked(_ count: Int) -> Shape {
    precondition(rank < Self.maximumRank, "a tensor has at most five axes")
    var shape = self
    shape.rank += 1
    shape[0] = count
    for axis in 0..<rank { shape[axis + 1] = self[axis] }
    return shape
  }

  /// The lengths as an array.
  public var array: [Int] { (0..<rank).map { self[$0] } }
  public var description: String { array.description }

  public static func == (a: Shape, b: Shape) -> Bool {
    a.rank == b.rank && a.lengths == b.lengths
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    for axis in 0..<rank { hasher.combine(self[axis]) }
  }
}
