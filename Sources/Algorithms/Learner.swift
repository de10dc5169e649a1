import Episodes
import Networks
import Optimizers
import Randomness
import Tensors

/// A system that is trained on a dataset and then learns each test episode from its support set.
///
/// A learner is a value that holds settings only; what it learns is in its ``LearnerState``. The
/// support set is all that ``adapted(_:to:noise:)`` sees of an episode: queries are the predictor's.
public protocol Learner: Sendable {
  /// What is learned, in the order of ``LearnerState/parameters``; empty if nothing is.
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

  /// Whether adaptation goes on with the second moments of the training's optimizer, so that they are
  /// learned, too.
  var adaptsWithOptimizer: Bool { get }
}

extension Learner {
  /// Whether there are parameters.
  public var isTrained: Bool { !parameters.isEmpty }

  /// It begins anew.
  public var adaptsWithOptimizer: Bool { false }
}

/// What a learner became by adapting to a support set.
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

/// All that a learner has learned so far, and what it needs to go on.
public struct LearnerState: Sendable {
  /// The learned parameters, as described by ``Learner/parameters``.
  public var parameters: [Tensor]
  /// The optimizer's moments.
  public var adam: Adam.State
  /// Running averages of batch-norm statistics, one per normalized layer.
  public var running: [Moments]

  /// A state from its parts.
  public init(parameters: [Tensor], adam: Adam.State, running: [Moments]) {
    self.parameters = parameters
    self.adam = adam
    self.running = running
  }

  /// The state before training: parameters as they are, and no statistics of layers yet, whose widths
  /// are given.
  init(parameters: [Tensor], normalizedWidths: [Int]) {
    self.parameters = parameters
    adam = Adam().initialState(for: parameters)
    running = normalizedWidths.map {
      Moments(mean: .zeros([$0]), variance: Tensor(repeating: 1, [$0]))
    }
  }

  /// The state of an untrained network.
  init(untrained network: some Network, from random: RandomStream) {
    self.init(
      parameters: network.initialParameters(from: random.child("parameters")),
      normalizedWidths: network.normalizedWidths)
  }

  /// The state of a learner that learns nothing.
  static let empty = LearnerState(
    parameters: [], adam: Adam.State(mean: [], square: [], step: 0), running: [])

  /// One Adam step, and the running averages moved by a tenth towards `moments`.
  func stepped(against gradient: [Tensor], rate: Double, moments: [Moments]) -> LearnerState {
    var next = self
    next.parameters = Adam().updated(
      parameters, against: gradient, rate: Float(rate), state: &next.adam)
    next.average(moments)
    return next
  }

  /// Moves the running averages by a tenth towards a batch's statistics.
  mutating func average(_ moments: [Moments]) {
    running = zip(running, moments).map { old, new in
      Moments(
        mean: old.mean * 0.9 + new.mean * 0.1, variance: old.variance * 0.9 + new.variance * 0.1)
    }
  }
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
