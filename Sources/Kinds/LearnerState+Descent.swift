import Networks
import Tensors

extension LearnerState {
  /// One Adam step against the loss of a network's outputs, with the running averages of its normalized layers.
  ///
  /// - Returns: The state after it, and the loss before it.
  public func stepped(
    _ network: any Network, seeing inputs: Tensor, rate: Double, loss: (_ outputs: Tensor) -> Tensor
  ) -> (state: LearnerState, loss: Float) {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let activations = network(θ, inputs, normalization: .batch)
      let loss = loss(activations.output)
      let g = gradient(of: loss, at: θ, releasing: true).map(\.detached)
      return (stepped(against: g, rate: rate, moments: activations.moments), loss.scalar)
    }
  }

  /// One Adam step against the mean of a loss over a batch. Of a diverged step the state before it is kept.
  ///
  /// - Parameter loss: The mean over some of the batch's tasks.
  /// - Returns: The loss before it.
  public mutating func step(
    over batch: MetaBatch, rate: Double, loss: @Sendable (_ θ: [Tensor], _ tasks: Range<Int>) -> Tensor
  ) -> Double {
    let mean = batch.gradient(at: parameters, of: loss)
    if mean.loss.isFinite { self = stepped(against: mean.gradient, rate: rate, moments: []) }
    return Double(mean.loss)
  }
}
