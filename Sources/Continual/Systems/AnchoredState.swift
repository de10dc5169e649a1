import Tensors

extension ContinualState {
  /// What holds the parameters; nil before the first task is over.
  package var anchor: QuadraticAnchor? {
    get {
      guard let precision = memory["precision"], let centre = memory["centre"] else { return nil }
      return QuadraticAnchor(precision: precision, centre: centre)
    }
    set {
      memory["precision"] = newValue?.precision
      memory["centre"] = newValue?.centre
    }
  }

  /// A step of gradient descent on the loss plus λ times the anchor.
  ///
  /// - Returns: The loss without the anchor.
  mutating func anchoredStep(
    _ network: DenseNetwork, on batch: Minibatch, rate: Float, lambda: Float
  ) -> Float {
    let (loss, gradient) = network.lossAndGradient(parameters, on: batch)
    guard let anchor else {
      descend(gradient, rate: rate)
      return loss
    }
    let pull = anchor.pull(on: parameters)
    descend(zip(gradient, pull).map { $0.adding($1, scaledBy: lambda) }, rate: rate)
    return loss
  }
}
