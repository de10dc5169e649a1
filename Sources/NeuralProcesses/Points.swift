import Digests
import Tensors

/// Points of one function: where they are, and what the function is there.
///
/// Of a curve x and y; of an image the place of a pixel, row and column in -1...1, and its brightness by channel.
public struct Points: Sendable {
  /// `[points, coordinates]`
  public let inputs: Tensor
  /// `[points, outputs]`
  public let values: Tensor

  /// Points from their two halves, which are equally long.
  public init(inputs: Tensor, values: Tensor) {
    precondition(inputs.shape[0] == values.shape[0], "one value for each place")
    self.inputs = inputs
    self.values = values
  }

  /// The number of points.
  public var count: Int { inputs.shape[0] }

  /// The first of them.
  public func prefix(_ count: Int) -> Points {
    Points(inputs: inputs.slice(0, 0..<count), values: values.slice(0, 0..<count))
  }
}

/// One function at test: points that a system is told, one prefix of them after the other, and points that it
/// has to predict.
public struct FunctionTask: Sendable {
  /// The context points, in order: a context of five is the first five.
  public let contexts: Points
  /// What is predicted.
  public let targets: Points

  /// A task from its two sets.
  public init(contexts: Points, targets: Points) {
    self.contexts = contexts
    self.targets = targets
  }

  /// A digest of its content, bit for bit and in order. Equal digests mean equal tasks.
  ///
  /// - Complexity: O(numbers).
  public var digest: UInt64 {
    var digest = Digest()
    digest.absorb("function 1")
    for tensor in [contexts.inputs, contexts.values, targets.inputs, targets.values] {
      digest.absorb(tensor.shape.array)
      tensor.withElements { digest.absorb(bytes: UnsafeRawBufferPointer($0)) }
    }
    return digest.prefix64
  }
}
