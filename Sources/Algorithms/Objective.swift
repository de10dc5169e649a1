import Episodes
import Tensors

/// What is minimized: the loss of a network's outputs, or of something made of them.
enum Objective: Sendable {
  /// Mean cross-entropy for classes, mean squared error for values.
  case plain
  /// Cross-entropy of outputs that went through a softmax already: the slip of a published tutorial
  /// whose gradients shrink by the softmax's Jacobian.
  case doubleSoftmax

  func loss(_ outputs: Tensor, _ targets: Targets) -> Tensor {
    targets.loss(self == .doubleSoftmax ? outputs.softmax() : outputs)
  }
}

extension Targets {
  /// The loss of predictions: mean cross-entropy for classes; for values the mean squared error,
  /// summed over tasks where predictions are `[tasks, examples, outputs]`.
  func loss(_ predictions: Tensor) -> Tensor {
    switch self {
    case .classes(let labels, _):
      return predictions.crossEntropy(labels)
    case .values(let values):
      let tasks = values.shape.rank == 3 ? values.shape[0] : 1
      return (predictions - values).squared().sum() * (Float(tasks) / Float(values.count))
    }
  }

  /// The score of predictions: accuracy in 0...1 for classes (the first of equal logits counts), the
  /// mean squared error for values; not a number where a logit is none.
  public func score(_ predictions: Tensor) -> Double {
    switch self {
    case .classes(let labels, _):
      let classes = predictions.shape[1]
      return predictions.withElements { logits in
        guard !logits.contains(where: \.isNaN) else { return .nan }
        let correct = labels.indices.count { row in
          let first = row * classes
          let best = (first..<first + classes).reduce(first) { logits[$1] > logits[$0] ? $1 : $0 }
          return best - first == labels[row]
        }
        return Double(correct) / Double(labels.count)
      }
    case .values(let values):
      let total = predictions.withElements { p in
        values.withElements { y in
          zip(p, y).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
        }
      }
      return total / Double(values.count)
    }
  }
}
