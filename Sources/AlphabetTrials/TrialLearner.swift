import Kinds
import Randomness
import Tensors

/// A system that is trained on pairs of drawings and then says how alike two new ones are.
///
/// A learner is a value that holds settings only; what it learns is in its ``Learned``. Every trial is settled
/// by likeness: the query is the character whose drawing it is most like.
public protocol TrialLearner: LearnedArchives, Sendable {
  /// Whether there is anything to train.
  var isTrained: Bool { get }

  /// Whether a similarity above 0 means that two drawings show the same character.
  var verifies: Bool { get }

  /// The untrained state. Equal streams give equal values.
  func begin(from weights: RandomStream) -> Learned

  /// Learns from one batch of pairs.
  ///
  /// - Parameters:
  ///   - iteration: Counted from 0, for schedules.
  ///   - noise: All randomness of this iteration.
  /// - Returns: The loss before the update.
  func train(_ learned: inout Learned, on pairs: DrawingPairs, iteration: Int, noise: RandomStream) -> Double

  /// The features that are compared: `[drawings, features]`.
  ///
  /// - Parameter drawings: `[drawings, height, width, channels]`.
  func features(of drawings: Tensor, by learned: Learned) -> Tensor

  /// How alike the first two are, the second two, and so on.
  ///
  /// - Parameters:
  ///   - first: Features, `[pairs, features]`.
  ///   - second: As many.
  func likeness(_ first: Tensor, _ second: Tensor, by learned: Learned) -> [Float]
}

/// Pairs of drawings of one alphabet each.
public struct DrawingPairs: Sendable {
  /// `[pairs, height, width, channels]`.
  public let first: Tensor
  /// `[pairs, height, width, channels]`.
  public let second: Tensor
  /// Whether both show the same character.
  public let same: [Bool]

  /// Pairs from their parts.
  public init(first: Tensor, second: Tensor, same: [Bool]) {
    self.first = first
    self.second = second
    self.same = same
  }

  /// The number of pairs.
  public var count: Int { same.count }
}
