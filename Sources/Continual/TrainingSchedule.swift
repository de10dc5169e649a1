import Kinds
import Randomness

/// How each task is learned: in epochs over all of its examples, each in an order of its own.
package struct TrainingSchedule: Sendable {
  /// Examples per minibatch; the last one of an epoch may have fewer.
  package let batch: Int
  /// The stream that orders are drawn from, by task and epoch.
  package let order: RandomStream

  package init(batch: Int, order: RandomStream) {
    self.batch = batch
    self.order = order
  }

  /// One epoch of the current task.
  ///
  /// - Parameter noise: Where the system draws from, by task, epoch and minibatch.
  /// - Throws: `Divergence` if the loss or a parameter is no longer finite.
  package func learn(
    _ learner: any ContinualLearner, _ state: inout ContinualState, _ examples: TaskExamples,
    epoch: Int, noise: RandomStream
  ) throws {
    var random = order.child("epoch", state.learned, epoch).generator()
    let places = random.permutation(of: examples.count)
    for first in stride(from: 0, to: places.count, by: batch) {
      let minibatch = examples.minibatch(places[first..<min(places.count, first + batch)])
      let loss = learner.step(
        &state, on: minibatch, from: noise.child("step", state.learned, epoch, first))
      guard loss.isFinite else { throw diverged("the training loss is \(loss)", state, epoch) }
    }
    // The last step is seen by no loss.
    guard state.parameters.allSatisfy({ $0.withElements { $0.allSatisfy(\.isFinite) } }) else {
      throw diverged("parameters are no finite numbers", state, epoch)
    }
  }

  private func diverged(_ what: String, _ state: ContinualState, _ epoch: Int) -> Divergence {
    Divergence(
      "\(what) in epoch \(epoch + 1) of task \(state.learned + 1): lower 'rate', or 'lambda' where there is one")
  }

  /// Ends the current task.
  package func finish(
    _ learner: any ContinualLearner, _ state: inout ContinualState, _ examples: TaskExamples,
    noise: RandomStream
  ) {
    learner.consolidate(&state, after: examples, from: noise.child("task", state.learned))
    state.learned += 1
  }
}
