import Episodes
import Tensors

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
  /// mean squared error for values.
  public func score(_ predictions: Tensor) -> Double {
    switch self {
    case .classes(let labels, _):
      let classes = predictions.shape[1]
      let correct = predictions.withElements { logits in
        labels.indices.count { row in
          let row = (row, logits[row * classes..<(row + 1) * classes])
          return row.1.indices.max { logits[$0] < logits[$1] }! - row.1.startIndex == labels[row.0]
        }
      }
      return Double(correct) / Double(labels.count)
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
