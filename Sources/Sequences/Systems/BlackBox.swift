import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A recurrent network that is the whole learning algorithm: all that it learns of a sequence is its state.
///
///     h₀ ← 0, y₀ ← 0
///     hₜ ← cell([xₜ, yₜ₋₁], hₜ₋₁)        the label comes one step late, with the next input
///     answerₜ ← W hₜ + b
///     loss ← mean over all steps of cross-entropy (classes) or squared error (values)
///     θ ← Adam(θ, ∇ loss)                through all steps of a batch of sequences
///
/// Labels are one-hot, images shrunk and flattened.
///
/// Reference: Hochreiter, Younger, Conwell (2001), Learning to learn using gradient descent; the LSTM beside
/// which Santoro et al. (2016) set their memory (section 4.1).
package struct BlackBox: NetworkSequenceLearner {
  private let encoding: InputEncoding
  private let cell: any RecurrentLayer
  private let readout: LinearLayer
  private let rate: Double

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

  // MARK: Training

  package func train(_ learned: inout LearnerState, on batch: [OnlineSequence], noise: RandomStream) -> Double {
    let state = learned
    let mean = MetaBatch(size: batch.count, isStacked: true).mean { chunk in
      let sequences = SequenceBatch(Array(batch[chunk]), encoding: encoding)
      return Tape.recording { tape in
        let θ = tape.variables(state.parameters)
        let loss = loss(sequences, θ) * Float(chunk.count)
        let slopes = gradient(of: loss, at: θ, releasing: true).map(\.detached)
        return MetaBatch.Part(gradient: slopes, loss: loss.scalar)
      }
    }
    // Of a diverged step the state before it is kept.
    if mean.loss.isFinite { learned = state.stepped(against: mean.gradient, rate: rate, moments: []) }
    return Double(mean.loss)
  }

  private func loss(_ batch: SequenceBatch, _ θ: [Tensor]) -> Tensor {
    let seen = Tensor.concatenated([batch.inputs, batch.told], along: 1)
    var h = cell.initialState(rows: batch.count)
    let outputs = cell.projected(seen, with: θ).split(0, into: batch.steps).map { now in
      h = cell.stepped(h, seeing: now, with: θ)
      return h.output
    }
    return batch.loss(of: answers(.concatenated(outputs, along: 0), θ))
  }

  /// `[rows, outputs]` for what the cell gives, `[rows, hidden]`.
  private func answers(_ h: Tensor, _ θ: [Tensor]) -> Tensor {
    readout(Array(θ.suffix(2)), h, normalization: .batch).output
  }

  // MARK: Sequences

  package func student(of learned: LearnerState, noise: RandomStream) -> Student {
    Student(
      box: self, θ: learned.parameters, h: cell.initialState(rows: 1),
      told: .zeros([1, readout.outputs]))
  }

  /// The network on its way through one sequence.
  package struct Student: SequenceStudent {
    fileprivate let box: BlackBox
    fileprivate let θ: [Tensor]
    fileprivate var h: RecurrentState
    fileprivate var told: Tensor

    package mutating func answer(_ input: Tensor) -> Tensor {
      let seen = Tensor.concatenated([box.encoding(input), told], along: 1)
      h = box.cell.stepped(h, seeing: box.cell.projected(seen, with: θ), with: θ)
      return box.answers(h.output, θ)
    }

    package mutating func learn(_ target: Targets) { told = target.rows }
  }
}

extension BlackBox {
  /// The recurrent layer.
  package enum Cell: String, SettingChoice { case gru, lstm }

  private static let cell = Setting("cell", Cell.lstm, "the recurrent layer")
  private static let hidden = Setting("hidden", 128, atLeast: 1, "its units")
  private static let side = Setting("side", 14, atLeast: 1, "what images are shrunk to, in pixels")
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
