import Randomness

/// How each task is learned: epochs over all of its examples in minibatches, in an order of its own.
package struct TrainingSchedule: Sendable {
  /// Passes over a task's examples.
  package let epochs: Int
  /// Examples of a minibatch; the last of an epoch may have fewer.
  package let batch: Int
  /// Where orders are drawn from, by task and epoch.
  package let order: RandomStream

  package init(epochs: Int, batch: Int, order: RandomStream) {
    self.epochs = epochs
    self.batch = batch
    self.order = order
  }

  /// One epoch of the task at hand.
  ///
  /// - Parameter noise: Where the system draws from, by task, epoch and minibatch.
  /// - Returns: The mean loss over minibatches.
  /// - Throws: ``ContinualError/diverged(task:epoch:loss:)``.
  package func learn(
    _ learner: any ContinualLearner, _ state: inout ContinualState, _ examples: TaskExamples,
    epoch: Int, noise: RandomStream
  ) throws -> Double {
    var random = order.child("epoch", state.learned, epoch).generator()
    let places = random.permutation(of: examples.count)
    var losses: [Double] = []
    for first in stride(from: 0, to: places.count, by: batch) {
      let minibatch = examples.minibatch(places[first..<min(places.count, first + batch)])
      let loss = learner.step(
        &state, on: minibatch, from: noise.child("step", state.learned, epoch, first))
      guard loss.isFinite else {
        throw ContinualError.diverged(task: state.learned + 1, epoch: epoch + 1, loss: loss)
      }
      losses.append(Double(loss))
    }
    return losses.reduce(0, +) / Double(losses.count)
  }

  /// Ends the task at hand.
  package func finish(
    _ learner: any ContinualLearner, _ state: inout ContinualState, _ examples: TaskExamples,
    noise: RandomStream
  ) {
    learner.consolidate(&state, after: examples, from: noise.child("task", state.learned))
    state.learned += 1
  }
}
