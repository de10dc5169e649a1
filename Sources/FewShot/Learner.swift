import Episodes
import Kinds
import Measures
import Networks
import Randomness
import Tensors

/// A system that is trained on a dataset and then learns each test episode from its support set.
///
/// A learner is a value that holds settings only; what it learns is in its ``LearnerState``. The
/// support set is all that ``adapted(_:to:noise:)`` sees of an episode: queries are the predictor's.
public protocol Learner: Sendable {
  /// The learned parameters, in the order of ``LearnerState/parameters``; empty if there are none.
  var parameters: [ParameterDescription] { get }

  /// The untrained state. Equal streams give equal states.
  func initialState(from random: RandomStream) -> LearnerState

  /// The state after one more training iteration, and the loss it saw.
  ///
  /// - Parameter iteration: Counted from 0; addresses the tasks it learns from.
  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)

  /// The learner adapted to one support set; nothing flows back to the state.
  ///
  /// - Parameter noise: All randomness of this adaptation.
  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor

  /// Whether there is anything to train.
  var isTrained: Bool { get }

  /// Whether adaptation continues with the second moments of the training optimizer, so that they are
  /// learned, too.
  var adaptsWithOptimizer: Bool { get }

  /// After how many adaptation steps it predicts last; nil where only results tell that.
  var adaptationSteps: Int? { get }

  /// Pictures worth showing, besides queries and their answers.
  ///
  /// - Parameter source: The test classes.
  func pictures(of state: LearnerState, from source: any EpisodeSource, noise: RandomStream) -> [PictureSheet]
}

extension Learner {
  /// Whether there are parameters.
  public var isTrained: Bool { !parameters.isEmpty }

  /// It starts afresh.
  public var adaptsWithOptimizer: Bool { false }

  /// Not known before there are results.
  public var adaptationSteps: Int? { nil }

  /// None.
  public func pictures(of state: LearnerState, from source: any EpisodeSource, noise: RandomStream)
    -> [PictureSheet]
  { [] }
}

/// A learner after adaptation to a support set.
public protocol Predictor: Sendable {
  /// Logits or values `[examples, outputs]` for the query inputs after every number of adaptation
  /// steps, from none on. The inputs may be looked at together (transductively) where the
  /// batch-norm policy says so.
  func predictions(for inputs: Tensor) -> [Tensor]

  /// What else there is to know of the adaptation, in an order of its own. Asked for on test
  /// episodes only; the names are those of ``AlgorithmDescription/diagnostics``.
  ///
  /// - Parameter queries: The inputs of the episode's queries.
  func diagnostics(on queries: Tensor) -> [Diagnostic]
}

extension Predictor {
  /// None.
  public func diagnostics(on queries: Tensor) -> [Diagnostic] { [] }
}

/// The tasks that one run is trained on, each addressed by iteration and place.
public struct TrainingTasks: Sendable {
  let source: any EpisodeSource
  let order: RandomStream
  let noise: RandomStream

  /// - Parameters:
  ///   - order: The stream of this run's training order.
  ///   - noise: The stream of what learners draw for themselves in this run's training.
  public init(source: any EpisodeSource, order: RandomStream, noise: RandomStream) {
    self.source = source
    self.order = order
    self.noise = noise
  }

  /// Episode `index` of an iteration's meta-batch.
  public func episode(_ shape: EpisodeShape, iteration: Int, index: Int = 0) -> Episode {
    source.episode(shape, from: order.child("episode", iteration, index))
  }

  /// What a learner may draw while it learns from that episode.
  public func noise(iteration: Int, index: Int = 0) -> RandomStream {
    noise.child("training", iteration, index)
  }

  /// An iteration's minibatch of ordinary examples.
  public func batch(_ count: Int, iteration: Int) -> Examples {
    source.batch(count, from: order.child("batch", iteration))
  }
}
