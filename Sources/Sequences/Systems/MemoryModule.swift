import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A lifelong memory module: an embedding whose nearest key in a memory answers (Kaiser, Nachum, Roy, Bengio
/// 2017, Learning to remember rare events).
///
///     for each batch of sequences, with an empty memory that they share, under labels that are all different:
///       for each step:
///         q ← f(x) / ‖f(x)‖                    of all sequences
///         f ← Adam(f, ∇ mean of margins)       (``KeyMemory``)
///         memory.learn(q, labels)
///
/// At test each sequence has a memory of its own, empty at first, and f stays as it is. A label that was never
/// told is never answered, so that of first showings next to none is right.
package struct MemoryModule: NetworkSequenceLearner {
  private let network: any Network
  private let outputs: Int
  private let slots: Int
  private let margin: Float
  private let ageNoise: Double
  private let rate: Double
  package let isTrained: Bool

  /// - Parameter batch: Sequences that learn at once.
  package init(_ settings: Settings, outputs: Int, of kind: InputKind, batch: Int) throws {
    let width = settings[Self.width]
    network =
      switch kind {
      case .images(let channels, let height, let imageWidth):
        PairedConvNet(
          channels: channels, height: height, width: imageWidth, filters: settings[Self.filters],
          outputs: width)
      case .vectors(let features): LinearLayer(inputs: features, outputs: width)
      }
    self.outputs = outputs
    slots = settings[Self.slots]
    margin = Float(settings[Self.margin])
    ageNoise = settings[Self.ageNoise]
    rate = settings[Self.metaRate]
    isTrained = settings[Self.embedding] == .trained
    guard slots >= batch else {
      throw PlanError(
        Self.slots.name,
        fault: .impossible(
          "\(batch) sequences each write a row in one step, but there are \(slots). "
            + "Raise 'slots' to at least \(batch)."))
    }
  }

  // MARK: What is learned

  package var parameters: [ParameterDescription] { network.parameters }

  package func begin(from weights: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: weights)
  }

  /// Of length 1: `[examples, width]`.
  package func queries(_ inputs: Tensor, _ θ: [Tensor]) -> Tensor {
    network(θ, inputs, normalization: .batch).output.withUnitRows()
  }

  /// One memory for all.
  package func remembered(sequences: Double, steps: Double) -> Double {
    Double(slots) * Double(network.outputWidth)
  }

  private var emptyMemory: KeyMemory {
    KeyMemory(slots: slots, width: network.outputWidth, ageNoise: ageNoise)
  }

  // MARK: Training

  package func train(_ learned: inout LearnerState, on batch: [OnlineSequence], noise: RandomStream) -> Double {
    var memory = emptyMemory
    var noise = noise.generator()
    var sum = 0.0
    for step in 0..<batch[0].length {
      let now = batch.map { $0[step] }
      let labels = now.enumerated().map { sequence, one in sequence * outputs + one.targets.label }
      let parts = Self.blocks(of: batch.count).map { block in
        (inputs: Tensor.concatenated(now[block].map(\.inputs), along: 0), labels: Array(labels[block]))
      }
      let (state, before) = (learned, memory)
      let done = Workers.map(parts.count) { part in
        self.step(state.parameters, parts[part].inputs, parts[part].labels, before)
      }
      let total = done.dropFirst().reduce(done[0], +)
      let share = 1 / Float(batch.count)
      let loss = Double(total.loss * share)
      // Of a diverged step the state before it is kept.
      guard loss.isFinite else { return loss }
      learned = state.stepped(against: total.gradient.map { $0 * share }, rate: rate, moments: [])
      memory.learn(total.queries, labels, total.neighbors, noise: &noise)
      sum += loss
    }
    return sum / Double(batch[0].length)
  }

  /// Runs of eight, whatever the number of threads.
  private static func blocks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: 8).map { $0..<min($0 + 8, count) }
  }

  /// What one step gives for some of its sequences: sums of slopes and margins.
  private struct Part: Sendable {
    var gradient: [Tensor]
    var loss: Float
    var queries: Tensor
    var neighbors: [KeyMemory.Neighbors]

    static func + (a: Part, b: Part) -> Part {
      Part(
        gradient: zip(a.gradient, b.gradient).map { $0 + $1 }, loss: a.loss + b.loss,
        queries: .concatenated([a.queries, b.queries], along: 0), neighbors: a.neighbors + b.neighbors)
    }
  }

  private func step(_ parameters: [Tensor], _ inputs: Tensor, _ labels: [Int], _ memory: KeyMemory) -> Part {
    Tape.recording { tape in
      let θ = tape.variables(parameters)
      let q = queries(inputs, θ)
      let neighbors = memory.neighbors(of: q, labels)
      let loss = memory.marginLoss(q, neighbors, margin: margin)
      return Part(
        gradient: gradient(of: loss, at: θ, releasing: true).map(\.detached), loss: loss.scalar,
        queries: q.detached, neighbors: neighbors)
    }
  }

  // MARK: Sequences

  package func student(of learned: LearnerState, noise: RandomStream) -> Student {
    Student(
      module: self, θ: learned.parameters, memory: emptyMemory, noise: noise.generator(), asked: Tensor(0))
  }

  /// The module on its way through one sequence.
  package struct Student: SequenceStudent {
    fileprivate let module: MemoryModule
    fileprivate let θ: [Tensor]
    fileprivate var memory: KeyMemory
    fileprivate var noise: RandomGenerator
    fileprivate var asked: Tensor

    package mutating func answer(_ input: Tensor) -> Tensor {
      asked = module.queries(input, θ)
      return memory.answers(asked, classes: module.outputs)
    }

    package mutating func learn(_ target: Targets) {
      let label = [target.label]
      memory.learn(asked, label, memory.neighbors(of: asked, label), noise: &noise)
    }
  }
}

extension Targets {
  /// The label of the only example.
  fileprivate var label: Int {
    guard case .classes(let labels, _) = self else { preconditionFailure("a memory of labels needs classes") }
    return labels[0]
  }
}

extension MemoryModule {
  /// Whether the embedding is trained or keeps its initial parameters.
  package enum Embedding: String, SettingChoice { case trained, random }

  private static let embedding = Setting(
    "embedding", Embedding.trained, noun: "embedding", "trained, or as random as it begins: a control")
  private static let filters = Setting(
    "filters", 64, atLeast: 1, "filters of the first two convolutions; the other two have twice as many")
  private static let width = Setting("width", 128, atLeast: 1, "numbers of a key")
  private static let slots = Setting("slots", 8192, atLeast: 1, "rows of the memory")
  private static let margin = Setting("margin", 0.1, "α, by how much the right key is to be nearer than others")
  private static let ageNoise = Setting("ageNoise", 8.0, "how far noise moves a row's age")
  private static let metaRate = Setting("metaRate", 0.0001, "step size of Adam, once at each step of sequences")
  private static let common: [SettingDescription] = .of(embedding, width, slots, margin, ageNoise, metaRate)

  package static let description = SystemDescription<OnlineSequences>(
    "memory-module", summary: "answers with the label of the nearest key in a memory; trains what makes keys",
    reference: "Kaiser et al. 2017",
    allSettings: [("images", common + .of(filters)), ("vectors", common)],
    settings: { dataset in
      if dataset.isRegression { return nil }
      if case .images = dataset.inputKind { return common + .of(filters) }
      return common
    },
    variesBy: { $0[embedding] == .trained ? .training : .initialization }
  ) { values, plan in
    try MemoryModule(values.settings, outputs: plan.outputs, of: plan.inputKind, batch: plan.batch)
  }
}
