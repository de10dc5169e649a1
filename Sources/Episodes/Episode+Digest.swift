import Digests
import Storage
import Tensors

extension Episode {
  /// A digest of the episode's content: shapes, inputs and targets of both sets, bit for bit.
  ///
  /// Equal digests mean equal tasks, so that results on them may be compared pairwise.
  ///
  /// - Complexity: O(elements), about a microsecond per image of 28 x 28.
  public var digest: UInt64 {
    var digest = Digest()
    for examples in [support, query] {
      digest.absorb(examples.inputs)
      switch examples.targets {
      case .classes(let labels, let way):
        digest.absorb(way)
        digest.absorb(labels)
      case .values(let values):
        digest.absorb(values)
      }
    }
    return digest.prefix64
  }
}

extension Digest {
  fileprivate mutating func absorb(_ tensor: Tensor) {
    absorb(tensor.shape.array)
    tensor.withElements { absorb(bytes: UnsafeRawBufferPointer($0)) }
  }
}
