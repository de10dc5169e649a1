import Tensors

/// What one input of a dataset looks like.
public enum InputKind: Hashable, Sendable {
  /// Images: `[examples, height, width, channels]`.
  case images(channels: Int, height: Int, width: Int)
  /// Vectors: `[examples, features]`.
  case vectors(Int)
}

/// What the examples of a set are labelled with.
public enum Targets: Sendable {
  /// The class of each example, in `0..<of`.
  case classes([Int], of: Int)
  /// The value to predict for each example: `[examples, outputs]`.
  case values(Tensor)
}

/// Labelled examples: a support set, a query set, or a minibatch.
public struct Examples: Sendable {
  /// Images `[examples, height, width, channels]` or vectors `[examples, features]`.
  public let inputs: Tensor
  /// What the inputs are labelled with.
  public let targets: Targets
  /// What inputs do not tell of each example's task, `[examples, numbers]`; nil where there is nothing
  /// to tell. For oracles only: no other learner reads it, and it is no part of an episode's digest.
  public let context: Tensor?

  /// Examples from their parts.
  public init(inputs: Tensor, targets: Targets, context: Tensor? = nil) {
    self.inputs = inputs
    self.targets = targets
    self.context = context
  }

  /// The number of examples.
  public var count: Int {
    switch targets {
    case .classes(let labels, _): labels.count
    case .values(let values): values.shape[0]
    }
  }

  /// The examples at some places, in that order.
  public func picked(_ places: [Int]) -> Examples {
    func rows(_ tensor: Tensor) -> Tensor {
      var shape = tensor.shape
      let size = tensor.count / shape[0]
      shape[0] = places.count
      return Tensor(shape) { out in
        tensor.withElements { elements in
          for (row, place) in places.enumerated() {
            for column in 0..<size { out[row * size + column] = elements[place * size + column] }
          }
        }
      }
    }
    switch targets {
    case .classes(let labels, let way):
      return Examples(
        inputs: rows(inputs), targets: .classes(places.map { labels[$0] }, of: way),
        context: context.map(rows))
    case .values(let values):
      return Examples(
        inputs: rows(inputs), targets: .values(rows(values)), context: context.map(rows))
    }
  }
}
