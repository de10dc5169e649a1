import Episodes
import Kinds
import Networks
import Tensors

/// A trained embedding on one episode, normalized as the batch-norm policy says.
struct Embedding: Sendable {
  /// Embeddings of the support set: `[examples, features]`.
  let support: Tensor
  private let network: any Network
  private let parameters: [Tensor]
  private let queryNormalization: Normalization

  init(network: any Network, state: LearnerState, policy: BatchNormPolicy, support: Examples) {
    self.init(
      network: network, parameters: state.parameters, running: state.running, policy: policy,
      support: support)
  }

  init(
    network: any Network, parameters: [Tensor], running: [Moments], policy: BatchNormPolicy,
    support: Examples
  ) {
    self.network = network
    self.parameters = parameters
    let activations = network(
      parameters, support.inputs, normalization: policy == .running ? .given(running) : .batch)
    self.support = activations.output
    queryNormalization =
      switch policy {
      case .queryBatch: .batch
      case .supportOnly: .given(activations.moments)
      case .running: .given(running)
      }
  }

  /// Embeddings of query inputs: `[examples, features]`.
  func query(_ inputs: Tensor) -> Tensor {
    network(parameters, inputs, normalization: queryNormalization).output
  }
}
