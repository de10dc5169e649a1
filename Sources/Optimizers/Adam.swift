import Tensors

/// Adam (Kingma and Ba 2015, algorithm 1) as a pair of functions: an initial state, and an update.
public struct Adam: Sendable, Equatable {
  /// How slowly the mean of gradients decays.
  public var beta1: Float = 0.9
  /// How slowly the mean of their squares decays.
  public var beta2: Float = 0.999
  /// Keeps the step finite where gradients vanish.
  public var epsilon: Float = 1e-8

  /// The paper's constants.
  public init() {}

  /// Moment estimates, one tensor per parameter.
  public struct State: Sendable {
    /// Decaying means of gradients.
    public var mean: [Tensor]
    /// Decaying means of squared gradients.
    public var square: [Tensor]
    /// Steps taken.
    public var step: Int

    /// A state from its parts.
    public init(mean: [Tensor], square: [Tensor], step: Int) {
      self.mean = mean
      self.square = square
      self.step = step
    }
  }

  /// The state before the first step.
  public func initialState(for parameters: [Tensor]) -> State {
    State(
      mean: parameters.map { .zeros($0.shape) }, square: parameters.map { .zeros($0.shape) }, step: 0)
  }

  /// The parameters after one step with `rate` against `gradient`.
  public func updated(
    _ parameters: [Tensor], against gradient: [Tensor], rate: Float, state: inout State
  ) -> [Tensor] {
    state.step += 1
    let correction1 = 1 / (1 - power(beta1, state.step))
    let correction2 = 1 / (1 - power(beta2, state.step))
    let after = Tensor.adam(
      parameters, state.mean, state.square, gradient, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      correction1: correction1, correction2: correction2)
    (state.mean, state.square) = (after.mean, after.square)
    return after.parameters
  }

  /// `base` to a whole power by repeated multiplication: correctly rounded in every step, so equal on every machine.
  private func power(_ base: Float, _ exponent: Int) -> Float {
    var result = 1.0
    var square = Double(base)
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return Float(result)
  }
}
