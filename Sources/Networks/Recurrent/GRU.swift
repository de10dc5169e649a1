import Randomness
import Tensors

/// Gated recurrent units.
///
///     r ← σ(x W_r + h U_r + b_r)                  what of the past a candidate sees
///     z ← σ(x W_z + h U_z + b_z)                  what is kept
///     n ← tanh(x W_n + b_n + r ⊙ (h U_n + c_n))   the candidate
///     h ← z ⊙ h + (1 − z) ⊙ n
///
/// The reset gate comes after the product with U_n, so that a step is one product.
///
/// Reference: Cho et al. (2014), Learning phrase representations using RNN encoder-decoder, equations 5
/// to 8; with the gate after the product: Chung et al. (2014), and cuDNN.
public struct GRU: RecurrentLayer, Equatable {
  /// Features of an input.
  public let inputs: Int
  /// Units of the state.
  public let hidden: Int

  /// A layer of `hidden` units.
  public init(inputs: Int, hidden: Int) {
    self.inputs = inputs
    self.hidden = hidden
  }

  /// In each, the columns of r, z and n follow each other.
  public var parameters: [ParameterDescription] {
    [
      .init(name: "input/weight", shape: [inputs, 3 * hidden]),
      .init(name: "input/bias", shape: [3 * hidden]),
      .init(name: "hidden/weight", shape: [hidden, 3 * hidden]),
      .init(name: "hidden/bias", shape: [3 * hidden]),
    ]
  }

  /// All uniform in ±1/√hidden.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { uniform($0, from: random) }
  }

  public func initialState(rows: Int) -> RecurrentState {
    RecurrentState(output: .zeros([rows, hidden]))
  }

  public func stepped(
    _ state: RecurrentState, seeing projected: Tensor, with w: [Tensor]
  ) -> RecurrentState {
    let h = state.output
    let x = projected.split(1, into: 3)
    let u = h.affine(w[2], w[3], relu: false, isRepeated: true).split(1, into: 3)
    let r = (x[0] + u[0]).logistic()
    let z = (x[1] + u[1]).logistic()
    let n = (x[2] + r * u[2]).gateTanh()
    return RecurrentState(output: n + z * (h - n))
  }
}
