import Episodes
import Kinds
import Measures
import Networks
import Randomness
import Tensors

/// A system that is trained on sequences and then goes through new ones step by step.
///
/// A learner is a value that holds settings only; what it learns is in its ``Learned``. Most learn the
/// parameters of networks: ``NetworkSequenceLearner``.
public protocol SequenceLearner: LearnedArchives, Sendable {
  /// One who has learned that.
  associatedtype Student: SequenceStudent

  /// Whether there is anything to train.
  var isTrained: Bool { get }

  /// How many further numbers it holds while training on this many sequences of this many steps.
  func remembered(sequences: Double, steps: Double) -> Double

  /// The untrained state. Equal streams give equal values.
  func begin(from weights: RandomStream) -> Learned

  /// Learns from one batch of whole sequences, which are equally long.
  ///
  /// - Parameter noise: All randomness of this iteration.
  /// - Returns: The loss before the update.
  func train(_ learned: inout Learned, on batch: [OnlineSequence], noise: RandomStream) -> Double

  /// One who has learned that, at the beginning of a sequence; nothing flows back.
  ///
  /// - Parameter noise: All randomness on the way through it.
  func student(of learned: Learned, noise: RandomStream) -> Student
}

extension SequenceLearner {
  /// None.
  public func remembered(sequences: Double, steps: Double) -> Double { 0 }
}

/// One who goes through a sequence: asked, then told, then asked again.
///
/// It gets no target before it answers, and never sees a later input.
public protocol SequenceStudent {
  /// The answer to the next input: logits `[1, classes]` or a value `[1, 1]`.
  ///
  /// - Parameter input: `[1, height, width, channels]` or `[1, features]`.
  mutating func answer(_ input: Tensor) -> Tensor

  /// Tells what the last answer should have been.
  mutating func learn(_ target: Targets)
}

// MARK: Learners of networks

/// A learner that learns the parameters of networks with Adam: they are archived under their names.
public protocol NetworkSequenceLearner: SequenceLearner, NetworkArchives {}

extension NetworkSequenceLearner {
  public var isTrained: Bool { true }
}

// MARK: Learners that learn nothing

/// A learner that is not trained: all it does, it does within a sequence.
public protocol UntrainedSequenceLearner: SequenceLearner, EmptyArchives {
  /// One at the beginning of a sequence.
  func student() -> Student
}

extension UntrainedSequenceLearner {
  public var isTrained: Bool { false }
  public func begin(from weights: RandomStream) -> Nothing { Nothing() }
  public func train(_ learned: inout Nothing, on batch: [OnlineSequence], noise: RandomStream) -> Double { 0 }
  public func student(of learned: Nothing, noise: RandomStream) -> Student { student() }
}
