import Episodes
import Tensors

/// Some images of a part, seen through the permutation of one task.
public struct TaskExamples: Sendable {
  package let images: LabelledImages
  /// Where in `images` they are.
  package let places: [Int]
  /// Where each number of a permuted image comes from.
  let permutation: [Int]

  /// The number of examples.
  public var count: Int { places.count }

  /// Some of the examples, by their numbers below ``count``.
  ///
  /// - Returns: Inputs `[examples, pixels]` within 0...1, in row, column, channel order after permutation.
  public func minibatch(_ rows: some RandomAccessCollection<Int>) -> Minibatch {
    let size = permutation.count
    let inputs = Tensor([rows.count, size]) { out in
      images.pixels.withUnsafeBufferPointer { pixels in
        permutation.withUnsafeBufferPointer { permutation in
          for (index, row) in rows.enumerated() {
            let image = pixels.baseAddress! + places[row] * size
            let target = out.baseAddress! + index * size
            for place in 0..<size { target[place] = Float(image[permutation[place]]) * (1 / 255) }
          }
        }
      }
    }
    return Minibatch(inputs: inputs, labels: rows.map { images.labels[places[$0]] })
  }

  /// All examples in order, in blocks of a fixed length.
  var blocks: some Sequence<Minibatch> { blocks(ofFirst: count) }

  /// The first examples in order, in blocks of a fixed length.
  func blocks(ofFirst count: Int) -> some Sequence<Minibatch> {
    let length = 250
    return stride(from: 0, to: count, by: length).lazy.map { first in
      minibatch(first..<min(count, first + length))
    }
  }
}

/// Labelled inputs that are learned from or tested in one step.
public struct Minibatch: Sendable {
  /// `[examples, features]`.
  public let inputs: Tensor
  /// The class of each example.
  public let labels: [Int]

  /// The number of examples.
  public var count: Int { labels.count }

  /// A minibatch from its parts.
  public init(inputs: Tensor, labels: [Int]) {
    self.inputs = inputs
    self.labels = labels
  }
}
