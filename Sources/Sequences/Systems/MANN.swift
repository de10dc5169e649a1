import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A memory-augmented neural network: an LSTM that writes what it sees into rows of a memory, and reads them by
/// likeness (Santoro, Bartunov, Botvinick, Wierstra, Lillicrap 2016, Meta-learning with memory-augmented neural
/// networks).
///
///     hₜ ← LSTM([xₜ, yₜ₋₁, readₜ₋₁], hₜ₋₁)
///     for each head: k ← tanh(W_k hₜ + b_k), g ← σ(W_g hₜ + b_g), and what it writes: k, or a of its own
///     readₜ ← memory(k, a, g)            writes, then reads (``LeastUsedMemory``)
///     answerₜ ← W [hₜ, readₜ] + b
///
/// The memory and the state are empty at the beginning of each sequence (``RecurrentLearner``).
package struct MANN: RecurrentLearner {
  package let encoding: InputEncoding
  package let readout: LinearLayer
  package let rate: Double
  private let controller: LSTM
  private let memory: LeastUsedMemory
  private let writes: Writes

  package init(_ settings: Settings, outputs: Int, of kind: InputKind) throws {
    encoding = InputEncoding(kind, side: settings[Self.side.name] == nil ? nil : settings[Self.side])
    controller = LSTM(inputs: encoding.width + outputs, hidden: settings[Self.hidden])
    let (slots, heads) = (settings[Self.slots], settings[Self.heads])
    guard heads <= slots else {
      throw PlanError(
        Self.heads.name,
        fault: .impossible(
          "each of \(heads) heads writes to a row of its own, but 'slots' is \(slots). "
            + "Raise 'slots' to at least \(heads)."))
    }
    memory = LeastUsedMemory(
      slots: slots, width: settings[Self.width], heads: heads, decay: Float(settings[Self.usageDecay]),
      sharpness: Float(settings[Self.sharpness]))
    writes = settings[Self.writes]
    readout = LinearLayer(inputs: controller.hidden + heads * memory.width, outputs: outputs)
    rate = settings[Self.metaRate]
  }

  // MARK: Weights

  /// Those of the LSTM, then of the heads.
  package var parameters: [ParameterDescription] {
    controller.parameters.map { .init(name: "controller/\($0.name)", shape: $0.shape) } + own
      + readout.parameters
  }

  private var own: [ParameterDescription] {
    let (hidden, read) = (controller.hidden, memory.heads * memory.width)
    let said = writes == .key ? read : 2 * read
    return [
      .init(name: "controller/read/weight", shape: [read, 4 * hidden]),
      .init(name: "keys/weight", shape: [hidden, said]), .init(name: "keys/bias", shape: [said]),
      .init(name: "gates/weight", shape: [hidden, memory.heads]),
      .init(name: "gates/bias", shape: [memory.heads]),
    ]
  }

  /// All uniform in ±1/√hidden, as the LSTM's are; biases of heads 0.
  package func begin(from weights: RandomStream) -> LearnerState {
    let limit = 1 / Double(controller.hidden).squareRoot()
    let heads = own.map { parameter in
      parameter.shape.rank == 1
        ? Tensor.zeros(parameter.shape)
        : .uniform(parameter.shape, in: -limit...limit, weights.child(parameter.name))
    }
    return LearnerState(
      parameters: controller.initialParameters(from: weights.child("controller")) + heads
        + readout.initialParameters(from: weights.child("readout")), normalizedWidths: [])
  }

  /// The memory after every step.
  package func remembered(sequences: Double, steps: Double) -> Double {
    sequences * steps * Double(memory.slots) * Double(memory.width)
  }

  // MARK: Steps

  package struct State: Sendable {
    fileprivate var h: RecurrentState
    fileprivate var memory: LeastUsedMemory.State
    /// `[sequences, heads * width]`
    fileprivate var read: Tensor
  }

  package func state(rows: Int) -> State {
    State(
      h: controller.initialState(rows: rows), memory: memory.cleared(sequences: rows),
      read: .zeros([rows, memory.heads * memory.width]))
  }

  package func projected(_ seen: Tensor, _ θ: [Tensor]) -> Tensor { controller.projected(seen, with: θ) }

  package func step(_ state: inout State, seeing projected: Tensor, _ θ: [Tensor]) -> Tensor {
    let w = θ[controller.parameters.count...].prefix(5).map(\.self)
    state.h = controller.stepped(state.h, seeing: projected + state.read.repeatedProduct(w[0]), with: θ)
    let h = state.h.output
    let shape: Shape = [h.shape[0], memory.heads, memory.width]
    let said = h.affine(w[1], w[2], relu: false, isRepeated: true).gateTanh()
    let keys: Tensor, writing: Tensor
    switch writes {
    case .key:
      keys = said.reshaped(shape)
      writing = keys
    case .own:
      let parts = said.split(1, into: 2)
      (keys, writing) = (parts[0].reshaped(shape), parts[1].reshaped(shape))
    }
    let gates = h.affine(w[3], w[4], relu: false, isRepeated: true).logistic().reshaped([shape[0], memory.heads, 1])
    state.read = memory.step(&state.memory, keys: keys, writing: writing, gates: gates).reshaped(state.read.shape)
    return .concatenated([h, state.read], along: 1)
  }
}

extension MANN {
  /// What is written to the memory.
  package enum Writes: String, SettingChoice { case key, own }

  private static let hidden = Setting("hidden", 200, atLeast: 1, "units of the LSTM")
  private static let slots = Setting("slots", 128, atLeast: 1, "rows of the memory")
  private static let width = Setting("width", 40, atLeast: 1, "numbers of a row")
  private static let heads = Setting("heads", 4, atLeast: 1, "keys that read, and write, at each step")
  private static let writes = Setting(
    "writes", Writes.key, noun: "writes",
    "what is written: the key that is read with, as in the paper, or numbers of their own")
  private static let usageDecay = Setting("usageDecay", 0.95, "how much of a row's usage is left after a step")
  private static let sharpness = Setting(
    "sharpness", 1.0, "factor of cosines before the softmax; 1 in the paper")
  private static let side = Setting("side", 20, atLeast: 1, atMost: 1000, "what images are shrunk to, in pixels")
  private static let metaRate = Setting("metaRate", 0.001, "step size of Adam")
  private static let common: [SettingDescription] =
    .of(hidden, slots, width, heads, writes, usageDecay, sharpness)

  package static let description = SystemDescription<OnlineSequences>(
    "mann", summary: "an LSTM with a memory that is read by likeness and written where it was used least",
    reference: "Santoro et al. 2016",
    allSettings: [("images", common + .of(side, metaRate)), ("vectors", common + .of(metaRate))],
    settings: { dataset in
      if case .images = dataset.inputKind { return common + .of(side, metaRate) }
      return common + .of(metaRate)
    }
  ) { values, plan in try MANN(values.settings, outputs: plan.outputs, of: plan.inputKind) }
}
