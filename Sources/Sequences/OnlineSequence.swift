import Digests
import Episodes
import Tensors

/// One sequence: inputs that come one at a time, each to be answered before its target is told.
public struct OnlineSequence: Sendable {
  /// Its steps, in order: images `[length, height, width, channels]` or vectors `[length, features]`, each
  /// with a label or a value.
  public let examples: Examples

  /// The sequence of some examples.
  public init(_ examples: Examples) { self.examples = examples }

  /// The number of steps.
  public var length: Int { examples.count }

  /// A single step.
  ///
  /// - Complexity: O(one input).
  public subscript(step: Int) -> Examples { examples.picked([step]) }

  /// The target of the previous step, for each step; zeros at the first.
  ///
  /// `[length, classes]`, one-hot, or the values `[length, 1]`.
  public var told: Tensor {
    let rows = examples.targets.rows
    return .concatenated([.zeros([1, rows.shape[1]]), rows.slice(0, 0..<length - 1)], along: 0)
  }

  /// A digest of its content, bit for bit and in order. Equal digests mean equal tasks.
  ///
  /// - Complexity: O(elements), about a microsecond per image of 28 x 28.
  public var digest: UInt64 {
    var digest = Digest()
    digest.absorb("online sequence 1")
    let targets = examples.targets.rows
    for tensor in [examples.inputs, targets] {
      digest.absorb(tensor.shape.array)
      tensor.withElements { digest.absorb(bytes: UnsafeRawBufferPointer($0)) }
    }
    return digest.prefix64
  }
}

extension Targets {
  /// One row of numbers for each example: one-hot labels `[examples, classes]`, or values as they are.
  public var rows: Tensor {
    switch self {
    case .classes(let labels, let classes): .oneHot(labels, classes: classes)
    case .values(let values): values
    }
  }
}
