import Randomness
import Tensors

/// A layer that goes through a sequence step by step and carries a state from each to the next.
///
/// The first two of its parameters are of the inputs: `[inputs, gates * hidden]` and `[gates * hidden]`.
///
/// Rows are sequences that run side by side. What inputs alone contribute to the gates is a product of
/// its own, ``projected(_:with:)``, which may be made of all steps at once:
///
///     let all = layer.projected(inputs, with: w).split(0, into: steps)   // inputs: [steps * rows, features]
///     var state = layer.initialState(rows: rows)
///     for now in all { state = layer.stepped(state, seeing: now, with: w) }
public protocol RecurrentLayer: Parametrized {
  /// Numbers per input.
  var inputs: Int { get }
  /// Numbers that come out of each step.
  var hidden: Int { get }

  /// The state before the first step: zeros.
  func initialState(rows: Int) -> RecurrentState

  /// The state after one more step.
  ///
  /// - Parameter projected: What the inputs contribute to the gates: `[rows, gates * hidden]`.
  func stepped(
    _ state: RecurrentState, seeing projected: Tensor, with parameters: [Tensor]
  ) -> RecurrentState
}

/// What a recurrent layer carries from step to step.
public struct RecurrentState: Sendable {
  /// h, which is also what comes out: `[rows, hidden]`.
  public var output: Tensor
  /// s, the cells of an LSTM: `[rows, hidden]`; nil where there are none.
  public var cells: Tensor?

  /// A state from its parts.
  public init(output: Tensor, cells: Tensor? = nil) {
    self.output = output
    self.cells = cells
  }
}

extension RecurrentLayer {
  /// None.
  public var normalizedWidths: [Int] { [] }

  /// What inputs contribute to the gates: `[rows, gates * hidden]` for `[rows, inputs]`.
  public func projected(_ inputs: Tensor, with parameters: [Tensor]) -> Tensor {
    inputs.affine(parameters[0], parameters[1], relu: false)
  }

  /// Uniform in ±1/√hidden, as weights of recurrent layers usually begin.
  func uniform(_ parameter: ParameterDescription, from random: RandomStream) -> Tensor {
    let limit = 1 / Double(hidden).squareRoot()
    return .uniform(parameter.shape, in: -limit...limit, random.child(parameter.name))
  }
}

extension Tensor {
  /// The hyperbolic tangent as 2 σ(2 x) − 1, several times faster than ``tanh()``.
  package func gateTanh() -> Tensor { (self * 2).logistic() * 2 + -1 }
}
