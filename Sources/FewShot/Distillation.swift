import Episodes
import Kinds
import Networks
import Optimizers
import Randomness
import Tensors

/// Born-again networks: a network that was trained teaches a new one, which then teaches another (Furlanello et
/// al. 2018; Tian et al. 2020, section 3.3).
///
///     θₖ₊₁ ← argmin of α cross-entropy + (1 − α) T² KL(softmax(teacher / T) ‖ softmax(student / T))
///
/// The iterations of training are divided equally among the generations, of which the first has no teacher. T² and
/// the teacher's running averages are those of the authors' code.
package struct Distillation {
  let pretraining: Pretraining
  /// The number of networks that learn from their predecessor.
  let generations: Int
  /// α.
  private let ownShare: Float
  /// T.
  private let temperature: Float
  /// Iterations of each generation.
  private let length: Int

  static let generations = Setting("generations", 0, atMost: 1000, "how often a trained network teaches a new one")
  static let ownShare = Setting(
    "ownShare", 0.5, "share of the true labels in a taught network's loss; the rest is its teacher's")
  static let temperature = Setting("temperature", 4.0, "by which scores are divided where a teacher is followed")
  static let settings: [SettingDescription] = .of(generations, ownShare, temperature)

  init(_ pretraining: Pretraining, _ settings: Settings, iterations: Int) {
    self.pretraining = pretraining
    generations = settings[Self.generations]
    ownShare = Float(settings[Self.ownShare])
    temperature = Float(settings[Self.temperature])
    length = max(1, iterations / (generations + 1))
  }

  private var network: any Network { pretraining.network }

  /// Those of the network that learns, then those of its teacher, if there ever is one.
  var parameters: [ParameterDescription] {
    network.parameters
      + (generations == 0
        ? [] : network.parameters.map { ParameterDescription(name: "teacher/\($0.name)", shape: $0.shape) })
  }

  /// Both begin alike.
  func initialState(from random: RandomStream) -> LearnerState {
    let new = LearnerState(untrained: network, from: random)
    return generations == 0 ? new : joined(new, teacher: new)
  }

  /// One more step of the network that learns.
  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    guard generations > 0 else { return pretraining.updated(state, iteration: iteration, on: tasks) }
    let generation = min(generations, iteration / length)
    var (student, teacher) = parts(of: state)
    if generation > 0, iteration == generation * length {
      // A new generation begins.
      teacher = student
      student = LearnerState(untrained: network, from: tasks.noise(iteration: iteration).child("student"))
    }
    let examples = tasks.batch(pretraining.batch, iteration: iteration)
    let (next, loss) = pretraining.updated(student, on: examples) { scores in
      let own = examples.targets.loss(scores)
      guard generation > 0, ownShare < 1 else { return own }
      let advice = network(teacher.parameters, examples.inputs, normalization: .given(teacher.running)).output
      return own * ownShare + Self.divergence(of: scores, from: advice, temperature: temperature) * (1 - ownShare)
    }
    return (joined(next, teacher: teacher), loss)
  }

  /// T² KL(softmax(advice / T) ‖ softmax(scores / T)), the mean over examples.
  package static func divergence(of scores: Tensor, from advice: Tensor, temperature: Float) -> Tensor {
    let wanted = (advice * (1 / temperature)).logSoftmax().detached
    let ratio = wanted - (scores * (1 / temperature)).logSoftmax()
    return (wanted.exp() * ratio).sum() * (temperature * temperature / Float(scores.shape[0]))
  }

  // MARK: Two networks in one state

  /// The network that learns, and its teacher.
  private func parts(of state: LearnerState) -> (student: LearnerState, teacher: LearnerState) {
    let (count, layers) = (network.parameters.count, network.normalizedWidths.count)
    func part(_ parameters: Range<Int>, _ running: Range<Int>) -> LearnerState {
      LearnerState(
        parameters: Array(state.parameters[parameters]),
        adam: Adam.State(
          mean: Array(state.adam.mean[parameters]), square: Array(state.adam.square[parameters]),
          step: state.adam.step),
        running: Array(state.running[running]))
    }
    return (part(0..<count, 0..<layers), part(count..<2 * count, layers..<2 * layers))
  }

  private func joined(_ student: LearnerState, teacher: LearnerState) -> LearnerState {
    LearnerState(
      parameters: student.parameters + teacher.parameters,
      adam: Adam.State(
        mean: student.adam.mean + teacher.adam.mean, square: student.adam.square + teacher.adam.square,
        step: student.adam.step),
      running: student.running + teacher.running)
  }
}
