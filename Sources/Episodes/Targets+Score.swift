import Tensors

extension Targets {
  /// The score of predictions: accuracy in 0...1 for classes (the first of equal logits counts), the
  /// mean squared error for values; not a number where a logit is none.
  public func score(_ predictions: Tensor) -> Double {
    switch self {
    case .classes(let labels, _):
      guard !predictions.withElements({ $0.contains(where: \.isNaN) }) else { return .nan }
      let correct = zip(predictions.highestClasses(), labels).count { $0 == $1 }
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
