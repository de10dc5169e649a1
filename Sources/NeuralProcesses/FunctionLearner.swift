import Kinds
import Networks
import Randomness
import Tensors

/// A system that is trained on functions and predicts new ones from a few of their points.
///
/// A learner is a value that holds settings only; what it learns is in its ``Learned``. Most learn the parameters
/// of networks: ``NetworkFunctionLearner``.
public protocol FunctionLearner: LearnedArchives, Sendable {
  /// Whether there is anything to train.
  var isTrained: Bool { get }

  /// The number of functions drawn for its prediction, which is their mixture; nil if it draws none.
  var drawCount: Int? { get }

  /// The untrained state. Equal streams give equal values.
  func begin(from weights: RandomStream) -> Learned

  /// Learns from one batch.
  ///
  /// - Parameter noise: All randomness of this iteration.
  /// - Returns: The loss before the update.
  func train(_ learned: inout Learned, on batch: FunctionBatch, noise: RandomStream) -> Double

  /// The prediction at some places, one after another with all outputs of each; no gradient flows back.
  ///
  /// - Parameters:
  ///   - context: The points given, at least one.
  ///   - places: `[places, coordinates]`
  ///   - noise: All randomness on the way.
  func prediction(
    of learned: Learned, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction
}

extension FunctionLearner {
  public var drawCount: Int? { nil }
}

/// A learner that learns the parameters of networks with Adam: they are archived under their names.
public protocol NetworkFunctionLearner: FunctionLearner, NetworkArchives {
  /// Adam's step size.
  var rate: Double { get }

  /// The mean over functions of what training makes small.
  ///
  /// - Parameters:
  ///   - θ: In the order of ``NetworkArchives/parameters``.
  ///   - noise: Standard normals, a row for each function, where there are any: `[functions, noiseWidth]`.
  func loss(_ batch: FunctionBatch, _ θ: [Tensor], noise: Tensor) -> Tensor

  /// Random numbers that the loss of each function asks for.
  var noiseWidth: Int { get }
}

extension NetworkFunctionLearner {
  public var isTrained: Bool { true }
  public var noiseWidth: Int { 0 }

  public func train(_ learned: inout LearnerState, on batch: FunctionBatch, noise: RandomStream) -> Double {
    let normals = Tensor.normal([batch.count, noiseWidth], deviation: 1, noise)
    return learned.step(over: MetaBatch(size: batch.count, isStacked: true), rate: rate) { θ, chunk in
      loss(batch[chunk], θ, noise: normals.slice(0, chunk))
    }
  }
}

extension Tensor {
  /// The elements in double precision.
  var doubles: [Double] { withElements { $0.map(Double.init) } }
}
