import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A recurrent network that is the whole learning algorithm: all that it learns of a sequence is its state
/// (``RecurrentLearner``).
///
///     h₀ ← 0, y₀ ← 0
///     hₜ ← cell([xₜ, yₜ₋₁], hₜ₋₁)
///     answerₜ ← W hₜ + b
///
/// Reference: Hochreiter, Younger, Conwell (2001), Learning to learn using gradient descent; the LSTM beside
/// which Santoro et al. (2016) set their memory (section 4.1).
package struct BlackBox: RecurrentLearner {
  package let encoding: InputEncoding
  package let readout: LinearLayer
  package let rate: Double
  private let cell: any RecurrentLayer

  package init(_ settings: Settings, outputs: Int, of kind: InputKind) {
    encoding = InputEncoding(kind, side: settings[Self.side.name] == nil ? nil : settings[Self.side])
    let inputs = encoding.width + outputs
    let hidden = settings[Self.hidden]
    cell =
      switch settings[Self.cell] {
      case .gru: GRU(inputs: inputs, hidden: hidden)
      case .lstm: LSTM(inputs: inputs, hidden: hidden)
      }
    readout = LinearLayer(inputs: hidden, outputs: outputs)
    rate = settings[Self.metaRate]
  }

  // MARK: Weights

  package var parameters: [ParameterDescription] {
    cell.parameters.map { .init(name: "cell/\($0.name)", shape: $0.shape) } + readout.parameters
  }

  package func begin(from weights: RandomStream) -> LearnerState {
    LearnerState(
      parameters: cell.initialParameters(from: weights.child("cell"))
        + readout.initialParameters(from: weights.child("readout")), normalizedWidths: [])
  }

  // MARK: Steps

  package func state(rows: Int) -> RecurrentState { cell.initialState(rows: rows) }

  package func projected(_ seen: Tensor, _ θ: [Tensor]) -> Tensor { cell.projected(seen, with: θ) }

  package func step(_ state: inout RecurrentState, seeing projected: Tensor, _ θ: [Tensor]) -> Tensor {
    state = cell.stepped(state, seeing: projected, with: θ)
    return state.output
  }
}

extension BlackBox {
  /// The recurrent layer.
  package enum Cell: String, SettingChoice { case gru, lstm }

  private static let cell = Setting("cell", Cell.lstm, "the recurrent layer")
  private static let hidden = Setting("hidden", 128, atLeast: 1, "its units")
  private static let side = Setting("side", 14, atLeast: 1, atMost: 1000, "what images are shrunk to, in pixels")
  private static let metaRate = Setting("metaRate", 0.003, "step size of Adam")

  package static let description = SystemDescription<OnlineSequences>(
    "black-box", summary: "a recurrent network that sees each input with the label of the one before",
    reference: "Hochreiter, Younger, Conwell 2001; Santoro et al. 2016",
    allSettings: [("images", .of(cell, hidden, side, metaRate)), ("vectors", .of(cell, hidden, metaRate))],
    settings: { dataset in
      if case .images = dataset.inputKind { return .of(cell, hidden, side, metaRate) }
      return .of(cell, hidden, metaRate)
    }
  ) { values, plan in BlackBox(values.settings, outputs: plan.outputs, of: plan.inputKind) }
}
