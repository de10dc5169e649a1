import Kinds
import Randomness
import Tensors

/// Elastic weight consolidation: parameters are held near what earlier tasks ended with, each as firmly as
/// it mattered to them.
///
///     for each task:
///       minimize L(θ) + Σ over earlier tasks k of λ/2 Σᵢ Fₖᵢ (θᵢ - θ*ₖᵢ)²   by gradient descent
///       θ* = θ, F = diagonal of the Fisher information at θ*
///
/// L is the mean cross-entropy and F a mean over examples; both matter to what λ means. Gradient descent
/// needs rate · λ · ΣF < 2 for every parameter, or it diverges: more tasks allow less.
///
/// Reference: Kirkpatrick et al. (2017), Overcoming catastrophic forgetting in neural networks.
public struct EWC: ContinualLearner {
  /// How the penalties of earlier tasks become one.
  public enum Penalties: String, Sendable, CaseIterable {
    /// One for each task, about what it ended with.
    case perTask = "per-task"
    /// One in all, about what the last task ended with (Schwarz et al. 2018).
    case online
  }

  static let rate = Setting("rate", 0.05, "size of the gradient steps")
  static let lambda = Setting("lambda", 10.0, "weight of the penalties")
  static let fisher = Setting(
    "fisher", FisherLabels.sampled, noun: "Fisher",
    "whose labels the Fisher information is found by")
  static let fisherImages = Setting(
    "fisherImages", 60_000, atLeast: 1, "images that it is found from, at most")
  static let penalties = Setting(
    "penalties", Penalties.perTask, noun: "penalties",
    "whether each earlier task has a penalty of its own")
  static let decay = Setting(
    "decay", 1.0, "what earlier Fisher informations are multiplied with by the online form")

  static let description = SystemDescription<Continual>(
    "ewc", summary: "held near what earlier tasks ended with, each parameter as firmly as it mattered",
    reference: "Kirkpatrick et al. 2017",
    settings: .of(rate, lambda, fisher, fisherImages, penalties, decay)
  ) { settings, plan in
    EWC(
      network: plan.network, rate: Float(settings[rate]), lambda: Float(settings[lambda]),
      labels: settings[fisher], images: settings[fisherImages], penalties: settings[penalties],
      decay: Float(settings[decay]))
  }

  public let network: DenseNetwork
  let rate: Float
  let lambda: Float
  let labels: FisherLabels
  /// Images that the Fisher information is estimated from, at most.
  let images: Int
  let penalties: Penalties
  /// What precisions so far are multiplied with by the online form.
  let decay: Float

  package init(
    network: DenseNetwork, rate: Float, lambda: Float, labels: FisherLabels, images: Int,
    penalties: Penalties, decay: Float
  ) {
    self.network = network
    self.rate = rate
    self.lambda = lambda
    self.labels = labels
    self.images = images
    self.penalties = penalties
    self.decay = decay
  }

  public func step(
    _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
  ) -> Float {
    state.anchoredStep(network, on: batch, rate: rate, lambda: lambda)
  }

  public func consolidate(
    _ state: inout ContinualState, after examples: TaskExamples, from random: RandomStream
  ) {
    let fisher = FisherDiagonal.estimate(
      network, state.parameters, on: examples, count: min(images, examples.count), labels: labels,
      from: random)
    var anchor = state.anchor ?? QuadraticAnchor(shapedAs: state.parameters)
    switch penalties {
    case .perTask: anchor.add(fisher, at: state.parameters)
    case .online: anchor.renew(fisher, at: state.parameters, decay: decay)
    }
    state.anchor = anchor
  }
}
