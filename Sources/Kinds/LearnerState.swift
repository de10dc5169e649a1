import Networks
import Optimizers
import Randomness
import Tensors

/// Everything a learner has learned so far, and what it needs to resume.
public struct LearnerState: Sendable {
  /// The learned parameters, in the order of their descriptions.
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
  public init(parameters: [Tensor], normalizedWidths: [Int]) {
    self.parameters = parameters
    adam = Adam().initialState(for: parameters)
    running = normalizedWidths.map {
      Moments(mean: .zeros([$0]), variance: Tensor(repeating: 1, [$0]))
    }
  }

  /// The state of an untrained network, or of several.
  public init(untrained network: some Parametrized, from random: RandomStream) {
    self.init(
      parameters: network.initialParameters(from: random.child("parameters")),
      normalizedWidths: network.normalizedWidths)
  }

  /// The state of a learner that learns nothing.
  public static let empty = LearnerState(
    parameters: [], adam: Adam.State(mean: [], square: [], step: 0), running: [])

  /// One Adam step, and the running averages moved by a tenth towards `moments`.
  public func stepped(against gradient: [Tensor], rate: Double, moments: [Moments]) -> LearnerState {
    var next = self
    next.parameters = Adam().updated(
      parameters, against: gradient, rate: Float(rate), state: &next.adam)
    next.average(moments)
    return next
  }

  /// Moves the running averages by a tenth towards a batch's statistics.
  public mutating func average(_ moments: [Moments]) {
    running = zip(running, moments).map { old, new in
      Moments(
        mean: old.mean * 0.9 + new.mean * 0.1, variance: old.variance * 0.9 + new.variance * 0.1)
    }
  }
}
