import Randomness
import Tensors

/// A system that learns tasks one after the other, with one network and whatever it remembers.
///
/// It sees each task's training examples in minibatches, is told when a task is over, and is tested on all
/// tasks at any time. What it knows is a value, ``ContinualState``, so that it can be stopped anywhere.
///
/// To write one: conform with ``network`` and ``step(_:on:from:)``; add ``consolidate(_:after:from:)`` for
/// what is remembered of a task, under names in ``ContinualState/memory``.
public protocol ContinualLearner: Sendable {
  /// What is trained.
  var network: DenseNetwork { get }

  /// What it knows before the first task. By default: initial parameters.
  func begin(from random: RandomStream) -> ContinualState

  /// Learns from one minibatch of the current task, number ``ContinualState/learned``.
  ///
  /// - Parameter random: This step's own numbers.
  /// - Returns: The mean loss on the minibatch before the step, without penalties.
  func step(_ state: inout ContinualState, on batch: Minibatch, from random: RandomStream) -> Float

  /// Stores what it needs of the task that has just ended. By default: nothing.
  ///
  /// - Parameters:
  ///   - examples: What the task was learned from.
  ///   - random: This task's own numbers.
  func consolidate(
    _ state: inout ContinualState, after examples: TaskExamples, from random: RandomStream)

  /// The parameters used on a task, learned or not. By default: the same for all.
  func parameters(_ state: ContinualState, for task: Int) -> [Tensor]
}

extension ContinualLearner {
  public func begin(from random: RandomStream) -> ContinualState {
    ContinualState(parameters: network.initialParameters(from: random))
  }

  public func consolidate(
    _ state: inout ContinualState, after examples: TaskExamples, from random: RandomStream
  ) {}

  public func parameters(_ state: ContinualState, for task: Int) -> [Tensor] { state.parameters }
}

/// The state of a ``ContinualLearner`` at some moment.
public struct ContinualState: Sendable {
  /// The network's parameters.
  public var parameters: [Tensor]
  /// What is stored besides, by name.
  public var memory: [String: [Tensor]]
  /// How many tasks have ended.
  public package(set) var learned = 0

  /// A state before the first task.
  public init(parameters: [Tensor], memory: [String: [Tensor]] = [:]) {
    self.parameters = parameters
    self.memory = memory
  }

  /// One step of gradient descent.
  public mutating func descend(_ gradient: [Tensor], rate: Float) {
    for index in parameters.indices {
      parameters[index] = parameters[index].adding(gradient[index], scaledBy: -rate)
    }
  }
}
