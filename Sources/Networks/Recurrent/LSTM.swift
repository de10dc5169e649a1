import Randomness
import Tensors

/// Long short-term memory with forget gates.
///
///     i, f, o ← σ(x W + h U + b), each with columns of its own    what is written, kept, shown
///     g ← tanh(x W_g + h U_g + b_g)                               what would be written
///     s ← f ⊙ s + i ⊙ g
///     h ← o ⊙ tanh(s)
///
/// Reference: Hochreiter and Schmidhuber (1997), Long short-term memory; Gers, Schmidhuber, Cummins
/// (2000), Learning to forget.
public struct LSTM: RecurrentLayer, Equatable {
  /// Features of an input.
  public let inputs: Int
  /// Units of the state.
  public let hidden: Int

  /// A layer of `hidden` cells.
  public init(inputs: Int, hidden: Int) {
    self.inputs = inputs
    self.hidden = hidden
  }

  /// In each, the columns of i, f, o and g follow each other.
  public var parameters: [ParameterDescription] {
    [
      .init(name: "input/weight", shape: [inputs, 4 * hidden]),
      .init(name: "input/bias", shape: [4 * hidden]),
      .init(name: "hidden/weight", shape: [hidden, 4 * hidden]),
    ]
  }

  /// Weights uniform in ±1/√hidden; biases 0, but 1 of the forget gates, so that cells keep what they
  /// hold before anything is learned.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    let bias = Tensor([4 * hidden]) { out in
      for index in out.indices { out[index] = index / hidden == 1 ? 1 : 0 }
    }
    return parameters.map { $0.name == "input/bias" ? bias : uniform($0, from: random) }
  }

  public func initialState(rows: Int) -> RecurrentState {
    RecurrentState(output: .zeros([rows, hidden]), cells: .zeros([rows, hidden]))
  }

  /// - Precondition: `state` has cells.
  public func stepped(
    _ state: RecurrentState, seeing projected: Tensor, with w: [Tensor]
  ) -> RecurrentState {
    let next = LSTMCell.step(projected + state.output.repeatedProduct(w[2]), state.cells!)
    return RecurrentState(output: next[0], cells: next[1])
  }
}
