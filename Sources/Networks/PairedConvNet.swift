import Randomness
import Tensors

/// Blocks of two convolutions, without batch normalization, then a linear layer: what an image becomes does not
/// depend on other images.
///
/// Each block is twice a 3 x 3 convolution with padding 1, bias and ReLU, and a 2 x 2 max-pooling. Each block
/// has twice the filters of the one before.
///
/// Reference: the network of Kaiser, Nachum, Roy, Bengio (2017), Learning to remember rare events, section 5.1,
/// with two blocks of 64 and 128 filters.
public struct PairedConvNet: Network, Equatable {
  /// Channels of the input images.
  public let channels: Int
  /// Height of the input images.
  public let height: Int
  /// Width of the input images.
  public let width: Int
  /// Filters of the first block.
  public let filters: Int
  /// The number of blocks.
  public let blocks: Int
  /// Numbers that come out for each image.
  public let outputs: Int

  /// A network from its parts.
  public init(channels: Int, height: Int, width: Int, filters: Int = 64, blocks: Int = 2, outputs: Int) {
    self.channels = channels
    self.height = height
    self.width = width
    self.filters = filters
    self.blocks = blocks
    self.outputs = outputs
  }

  public var outputWidth: Int { outputs }
  public var normalizedWidths: [Int] { [] }

  /// What the last block hands on.
  private var features: Int { (height >> blocks) * (width >> blocks) * (filters << (blocks - 1)) }

  public var parameters: [ParameterDescription] {
    let convolutions = (0..<2 * blocks).flatMap { layer -> [ParameterDescription] in
      let output = filters << (layer / 2)
      let input = layer == 0 ? channels : layer % 2 == 0 ? output / 2 : output
      return [
        .init(name: "convolution\(layer)/filters", shape: [3, 3, input, output]),
        .init(name: "convolution\(layer)/bias", shape: [output]),
      ]
    }
    return convolutions + LinearLayer(inputs: features, outputs: outputs).parameters
  }

  /// Weights from a normal of deviation √(2 / fan in), cut off at two deviations (He et al. 2015); biases 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { parameter in
      let shape = parameter.shape
      guard shape.rank > 1 else { return .zeros(shape) }
      let fanIn = shape.count / shape[shape.rank - 1]
      return .truncatedNormal(shape, deviation: (2 / Double(fanIn)).squareRoot(), random.child(parameter.name))
    }
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ images: Tensor, normalization: Normalization
  ) -> Activations {
    var x = images
    for layer in 0..<2 * blocks {
      let (filters, bias) = (parameters[2 * layer], parameters[2 * layer + 1])
      x = (x.convolution(filters, stride: 1, padding: 1) + bias.reshaped([1, 1, 1, bias.count])).relu()
      if layer % 2 == 1 { x = x.maxPooled() }
    }
    let head = parameters.suffix(2)
    let output = x.reshaped([images.shape[0], features]).affine(head.first!, head.last!, relu: false)
    return Activations(output: output, moments: [])
  }
}
