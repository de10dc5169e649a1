import Episodes
import Kinds
import Networks
import Tensors

extension Episode {
  /// Embeddings of the support and of the query while a network is trained: they pass it as one batch, support
  /// first, as in the authors' code of prototypical networks.
  ///
  /// - Returns: Both as the network gives them, `[examples, features]` or maps, and the moments of its
  ///   normalized layers.
  public func embedded(by network: any Network, _ parameters: [Tensor])
    -> (support: Tensor, query: Tensor, moments: [Moments])
  {
    let images = Tensor.concatenated([support.inputs, query.inputs], along: 0)
    let all = network(parameters, images, normalization: .batch)
    let split = support.count
    return (
      all.output.slice(0, 0..<split), all.output.slice(0, split..<images.shape[0]), all.moments
    )
  }
}

/// A trained embedding on one episode, normalized as the batch-norm policy says.
public struct Embedding: Sendable {
  /// Embeddings of the support set: `[examples, features]`, or the maps of a network that hands those on.
  public let support: Tensor
  private let network: any Network
  private let parameters: [Tensor]
  private let queryNormalization: Normalization

  /// An embedding with what was learned of its network.
  public init(network: any Network, state: LearnerState, policy: BatchNormPolicy, support: Examples) {
    self.init(
      network: network, parameters: state.parameters, running: state.running, policy: policy,
      support: support)
  }

  /// An embedding from parameters and running statistics.
  ///
  /// - Parameter running: One per normalized layer; used with ``BatchNormPolicy/running`` only.
  public init(
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

  /// Those of query inputs.
  public func query(_ inputs: Tensor) -> Tensor {
    network(parameters, inputs, normalization: queryNormalization).output
  }
}
