import Randomness
import Tensors

/// Several networks or layers that are learned together, each under a name of its own: an embedding, and what compares
/// embeddings.
///
///     let group = NetworkGroup(["embedding": f, "relation": g])
///     let w = group.split(parameters)
///     let z = f(w[0], images, normalization: .batch)
public struct NetworkGroup: Parametrized {
  private let members: [(name: String, network: any Parametrized)]

  /// A group in the order in which it is written.
  public init(_ members: KeyValuePairs<String, any Parametrized>) {
    self.members = members.map { ($0.key, $0.value) }
  }

  /// Those of all networks, as in `embedding/block0/filters`.
  public var parameters: [ParameterDescription] {
    members.flatMap { name, network in
      network.parameters.map { ParameterDescription(name: "\(name)/\($0.name)", shape: $0.shape) }
    }
  }

  public var normalizedWidths: [Int] { members.flatMap(\.network.normalizedWidths) }

  /// Each network begins as it does alone, from a stream under its name.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    members.flatMap { name, network in network.initialParameters(from: random.child(name)) }
  }

  /// The parameters of each network, or other values that come one per parameter, such as gradients.
  public func split(_ parameters: [Tensor]) -> [[Tensor]] {
    split(parameters, members.map(\.network.parameters.count))
  }

  /// The statistics of each network's normalized layers.
  public func split(_ moments: [Moments]) -> [[Moments]] {
    split(moments, members.map(\.network.normalizedWidths.count))
  }

  private func split<Element>(_ all: [Element], _ counts: [Int]) -> [[Element]] {
    var rest = all[...]
    return counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
  }
}
