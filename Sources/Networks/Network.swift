import Randomness
import Tensors

/// Which statistics batch normalization uses in one forward pass.
public enum Normalization: Sendable {
  /// Those of the images that are passed.
  case batch
  /// Given ones, one per normalized layer.
  case given([Moments])
}

/// What comes out of a network.
public struct Activations: Sendable {
  /// Logits, values or embeddings: `[examples, outputs]`.
  public let output: Tensor
  /// The statistics of each normalized layer, as constants; empty if none was computed.
  public let moments: [Moments]

  /// Activations from their parts.
  public init(output: Tensor, moments: [Moments]) {
    self.output = output
    self.moments = moments
  }
}

extension Tensor {
  /// Batch normalization and ReLU of one layer, and 2 x 2 max-pooling if asked; its statistics, where
  /// they are the batch's own, are appended to `moments`.
  func normalized(
    _ normalization: Normalization, layer: Int, scale: Tensor, shift: Tensor, pooled: Bool = false,
    appendingTo moments: inout [Moments]
  ) -> Tensor {
    switch normalization {
    case .batch:
      let (y, statistics) = batchNormalized(scale: scale, shift: shift, pooled: pooled)
      moments.append(statistics)
      return y
    case .given(let given):
      let y = normalized(by: given[layer], scale: scale, shift: shift)
      return pooled ? y.maxPooled() : y
    }
  }
}

/// One parameter of a network.
public struct ParameterDescription: Sendable, Equatable {
  /// Its name in result files, such as `block0/filters`.
  public let name: String
  /// Its shape without a task axis.
  public let shape: Shape

  /// A parameter of a name and a shape.
  public init(name: String, shape: Shape) {
    self.name = name
    self.shape = shape
  }

  /// What its name begins with, up to the first slash: the layer that it is of.
  public var layer: Substring { name.prefix { $0 != "/" } }
}

/// What has parameters that are learned: a network, or several.
public protocol Parametrized: Sendable {
  /// The parameters, in their order.
  var parameters: [ParameterDescription] { get }

  /// The number of channels of each batch-normalized layer.
  var normalizedWidths: [Int] { get }

  /// Untrained parameters. Equal streams give equal parameters.
  func initialParameters(from random: RandomStream) -> [Tensor]
}

/// A network is a function of its parameters and its inputs; it holds neither.
public protocol Network: Parametrized {
  /// The numbers that come out for each example.
  var outputWidth: Int { get }

  /// - Parameters:
  ///   - parameters: As described by ``Parametrized/parameters``.
  ///   - inputs: Images `[examples, height, width, channels]` or vectors `[examples, features]`.
  func callAsFunction(
    _ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization
  ) -> Activations
}

extension Network {
  /// The places of each layer's parameters.
  public var layers: [Range<Int>] {
    var layers: [Range<Int>] = []
    var last: Substring?
    for (place, parameter) in parameters.enumerated() {
      if parameter.layer == last {
        layers[layers.count - 1] = layers.last!.lowerBound..<place + 1
      } else {
        layers.append(place..<place + 1)
      }
      last = parameter.layer
    }
    return layers
  }
}
