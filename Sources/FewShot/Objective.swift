import Episodes
import Kinds
import Tensors

/// What is minimized: the loss of a network's outputs, or of something made of them.
public struct Objective: Sendable {
  /// Whether outputs go through a softmax before the cross-entropy, which has one of its own: the slip of
  /// a published tutorial whose gradients shrink by the softmax's Jacobian.
  public var hasSoftmax = false
  /// What is made of the cross-entropies of single examples.
  public var reduction = Reduction.mean

  /// What is made of the cross-entropies of single examples.
  public enum Reduction: String, SettingChoice {
    /// Their mean.
    case mean
    /// Their sum over all examples, divided by the number of support examples of one class: N times the
    /// mean of a support set of N classes. It is what the code of MAML's authors minimizes, so that an
    /// inner step size of theirs is N times as large on the mean.
    case classSum = "class-sum"
  }

  /// An objective from its parts.
  public init(hasSoftmax: Bool = false, reduction: Reduction = .mean) {
    self.hasSoftmax = hasSoftmax
    self.reduction = reduction
  }

  /// Mean cross-entropy for classes, mean squared error for values.
  public static let plain = Objective()

  /// The loss of `outputs`, after adaptation to `support` or on the way there.
  ///
  /// - Parameters:
  ///   - targets: Of the examples that the outputs are of: of the support set itself, or of queries.
  ///   - support: The support set, whose examples per class are what a class sum is divided by.
  public func loss(_ outputs: Tensor, _ targets: Targets, adaptedTo support: Targets) -> Tensor {
    let mean = targets.loss(hasSoftmax ? outputs.softmax() : outputs)
    guard reduction == .classSum, case .classes(let labels, _) = targets,
      case .classes(let known, let way) = support
    else { return mean }
    return mean * (Float(labels.count * way) / Float(known.count))
  }
}

extension Targets {
  /// The loss of predictions: mean cross-entropy for classes; for values the mean squared error,
  /// summed over tasks where predictions are `[tasks, examples, outputs]`.
  public func loss(_ predictions: Tensor) -> Tensor {
    switch self {
    case .classes(let labels, _):
      return predictions.crossEntropy(labels)
    case .values(let values):
      let tasks = values.shape.rank == 3 ? values.shape[0] : 1
      return (predictions - values).squared().sum() * (Float(tasks) / Float(values.count))
    }
  }
}
