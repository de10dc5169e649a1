import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A network that goes through sequences with a state, and reads its answers linearly from what each step
/// gives:
///
///     xₜ, yₜ₋₁            the label comes one step late, with the next input
///     fₜ ← step(state, [xₜ, yₜ₋₁])
///     answerₜ ← W fₜ + b
///     loss ← mean over all steps of cross-entropy (classes) or squared error (values)
///     θ ← Adam(θ, ∇ loss)                through all steps of a batch of sequences
///
/// Labels are one-hot, images shrunk and flattened.
package protocol RecurrentLearner: NetworkSequenceLearner where Student == RecurrentStudent<Self> {
  /// The state carried from step to step, for sequences that run side by side.
  associatedtype State: Sendable

  /// How inputs become rows of numbers.
  var encoding: InputEncoding { get }
  /// W and b, the last two parameters.
  var readout: LinearLayer { get }
  /// The step size of Adam.
  var rate: Double { get }

  /// The state before the first step of this many sequences.
  func state(rows: Int) -> State

  /// The inputs' contribution, which does not depend on the state: for all steps at once, `[rows, numbers]`.
  ///
  /// - Parameter seen: Inputs, each with the label before it: `[rows, numbers + outputs]`.
  func projected(_ seen: Tensor, _ θ: [Tensor]) -> Tensor

  /// One more step.
  ///
  /// - Returns: What is read out: `[sequences, features]`.
  func step(_ state: inout State, seeing projected: Tensor, _ θ: [Tensor]) -> Tensor
}

extension RecurrentLearner {
  package func train(_ learned: inout LearnerState, on batch: [OnlineSequence], noise: RandomStream) -> Double {
    learned.step(over: MetaBatch(size: batch.count, isStacked: true), rate: rate) { θ, chunk in
      loss(SequenceBatch(Array(batch[chunk]), encoding: encoding), θ)
    }
  }

  /// The mean over all steps of all sequences.
  package func loss(_ batch: SequenceBatch, _ θ: [Tensor]) -> Tensor {
    let seen = Tensor.concatenated([batch.inputs, batch.told], along: 1)
    var state = state(rows: batch.count)
    let features = projected(seen, θ).split(0, into: batch.steps).map { step(&state, seeing: $0, θ) }
    return batch.loss(of: answers(.concatenated(features, along: 0), θ))
  }

  /// `[rows, outputs]`
  fileprivate func answers(_ features: Tensor, _ θ: [Tensor]) -> Tensor {
    readout(Array(θ.suffix(2)), features, normalization: .batch).output
  }

  package func student(of learned: LearnerState, noise: RandomStream) -> RecurrentStudent<Self> {
    RecurrentStudent(
      learner: self, θ: learned.parameters, state: state(rows: 1), told: .zeros([1, readout.outputs]))
  }
}

/// The network on its way through one sequence: it begins with the state of nothing seen.
package struct RecurrentStudent<Learner: RecurrentLearner>: SequenceStudent {
  fileprivate let learner: Learner
  fileprivate let θ: [Tensor]
  fileprivate var state: Learner.State
  fileprivate var told: Tensor

  package mutating func answer(_ input: Tensor) -> Tensor {
    let seen = Tensor.concatenated([learner.encoding(input), told], along: 1)
    return learner.answers(learner.step(&state, seeing: learner.projected(seen, θ), θ), θ)
  }

  package mutating func learn(_ target: Targets) { told = target.rows }
}
