import Kinds
import Randomness
import Tensors

/// A system that is trained on functions and predicts new ones from a few of their points.
///
/// A learner is a value that holds settings only; what it learns is in its ``Learned``. Most learn the parameters
/// of networks: ``NetworkFunctionLearner``.
public protocol FunctionLearner: LearnedArchives, Sendable {
  /// Whether there is anything to train.
  var isTrained: Bool { get }

  /// Whether its predictions are mixtures of functions that it draws.
  var drawsFunctions: Bool { get }

  /// What is known before training. Equal streams give equal values.
  func begin(from weights: RandomStream) -> Learned

  /// Learns from one batch.
  ///
  /// - Parameter noise: All randomness of this iteration.
  /// - Returns: The loss before the update.
  func train(_ learned: inout Learned, on batch: FunctionBatch, noise: RandomStream) -> Double

  /// What is expected at some places, one after the other and of each its outputs; nothing flows back.
  ///
  /// - Parameters:
  ///   - context: What is told, at least one point.
  ///   - places: `[places, coordinates]`
  ///   - noise: All randomness on the way.
  func prediction(
    of learned: Learned, given context: Points, at places: Tensor, noise: RandomStream
  ) -> Prediction
}

extension FunctionLearner {
  public var drawsFunctions: Bool { false }
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
    let state = learned
    let normals = Tensor.standardNormal([batch.count, noiseWidth], from: noise)
    let mean = MetaBatch(size: batch.count, isStacked: true).mean { chunk in
      Tape.recording { tape in
        let θ = tape.variables(state.parameters)
        let loss = loss(batch[chunk], θ, noise: normals.slice(0, chunk)) * Float(chunk.count)
        let slopes = gradient(of: loss, at: θ, releasing: true).map(\.detached)
        return MetaBatch.Part(gradient: slopes, loss: loss.scalar)
      }
    }
    // Of a diverged step the state before it is kept.
    if mean.loss.isFinite { learned = state.stepped(against: mean.gradient, rate: rate, moments: []) }
    return Double(mean.loss)
  }
}

extension Tensor {
  /// Numbers from the normal distribution of mean 0 and deviation 1.
  static func standardNormal(_ shape: Shape, from stream: RandomStream) -> Tensor {
    var random = stream.generator()
    return Tensor(shape) { out in
      for index in out.indices { out[index] = Float(random.normal()) }
    }
  }

  /// The elements in double precision.
  var doubles: [Double] { withElements { $0.map(Double.init) } }
}
