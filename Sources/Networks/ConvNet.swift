import Randomness
import Tensors

/// Convolutional blocks one after the other, with or without a linear layer on top: four of them are the network
/// of few-shot learning ("Conv4"), in its published shapes.
///
/// Each block is a 3 x 3 convolution with padding 1, batch normalization and ReLU, and
/// - `strided`: the convolution moves by 2 (Finn et al. 2017, Omniglot),
/// - `maxPool`: 2 x 2 max-pooling follows (Vinyals et al. 2016, Snell et al. 2017), or
/// - `none`: images stay as large as they are (Sung et al. 2018, the last two blocks).
///
/// The convolutions have no bias: batch normalization would subtract it.
public struct ConvNet: Network, Equatable {
  /// How a block halves its images, if it does.
  public enum Downsampling: String, Sendable { case strided, maxPool, none }
  /// What becomes of the last block's `[examples, height, width, filters]`.
  public enum Readout: String, Sendable {
    /// The mean over space: `filters` features.
    case mean
    /// All of it, in row, column, channel order.
    case flatten
    /// The maps themselves, as input for another network.
    case maps
  }

  /// How filters and the layer on top begin. With batch normalization their size changes no output, but
  /// the larger they are the less a step turns them.
  public enum InitialWeights: String, Sendable, CaseIterable {
    /// Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010), as in MAML's code.
    case glorot
    /// Uniform in ±1/√(fan in), as in the code of prototypical networks and PyTorch's convolutions.
    case fanIn = "fan-in"
  }

  /// Channels of the input images.
  public let channels: Int
  /// Height of the input images.
  public let height: Int
  /// Width of the input images.
  public let width: Int
  /// Filters of each convolution.
  public let filters: Int
  /// How each block halves its images.
  public let downsampling: [Downsampling]
  /// What is handed on by the last block.
  public let readout: Readout
  /// The outputs of a linear layer on top; nil for an embedding.
  public let outputs: Int?
  /// Whether each linear map is followed by a square matrix over its channels, which begins as the
  /// identity (Lee and Choi 2018).
  public let hasTransforms: Bool
  /// Whether each block is followed by a 3 x 3 convolution, which begins as the identity
  /// (Flennerhag et al. 2020).
  public let hasWarps: Bool
  /// How filters and the layer on top begin.
  public let initialWeights: InitialWeights

  /// A network of four blocks of 64 filters, unless told otherwise.
  public init(
    channels: Int, height: Int, width: Int, filters: Int = 64, blocks: Int = 4,
    downsampling: Downsampling, readout: Readout, outputs: Int?, hasTransforms: Bool = false,
    hasWarps: Bool = false, initialWeights: InitialWeights = .glorot
  ) {
    self.init(
      channels: channels, height: height, width: width, filters: filters,
      blocks: Array(repeating: downsampling, count: blocks), readout: readout, outputs: outputs,
      hasTransforms: hasTransforms, hasWarps: hasWarps, initialWeights: initialWeights)
  }

  /// A network whose blocks differ.
  ///
  /// - Precondition: Maps have no linear layer on top.
  public init(
    channels: Int, height: Int, width: Int, filters: Int = 64, blocks downsampling: [Downsampling],
    readout: Readout, outputs: Int?, hasTransforms: Bool = false, hasWarps: Bool = false,
    initialWeights: InitialWeights = .glorot
  ) {
    precondition(readout != .maps || outputs == nil, "maps have no linear layer on top")
    self.channels = channels
    self.height = height
    self.width = width
    self.filters = filters
    self.downsampling = downsampling
    self.readout = readout
    self.outputs = outputs
    self.hasTransforms = hasTransforms
    self.hasWarps = hasWarps
    self.initialWeights = initialWeights
  }

  /// What the first blocks hand on, all of it.
  public func embedding(blocks: Int) -> ConvNet {
    ConvNet(
      channels: channels, height: height, width: width, filters: filters,
      blocks: Array(downsampling.prefix(blocks)), readout: .flatten, outputs: nil,
      hasTransforms: hasTransforms, hasWarps: hasWarps, initialWeights: initialWeights)
  }

  /// The number of blocks.
  public var blocks: Int { downsampling.count }

  public var outputWidth: Int { outputs ?? features }

  /// The features that the last block hands on.
  public var features: Int {
    guard readout != .mean else { return filters }
    let (height, width) = mapSize
    return filters * height * width
  }

  /// Height and width of the images that the last block hands on.
  public var mapSize: (height: Int, width: Int) {
    downsampling.reduce((height, width)) { size, downsampling in
      switch downsampling {
      case .strided: ((size.0 + 1) / 2, (size.1 + 1) / 2)
      case .maxPool: (size.0 / 2, size.1 / 2)
      case .none: size
      }
    }
  }

  /// Parameters of each block: filters, scale and shift, and where there are any its transform and warp.
  private var perBlock: Int { 3 + (hasTransforms ? 1 : 0) + (hasWarps ? 1 : 0) }

  public var parameters: [ParameterDescription] {
    var list: [ParameterDescription] = []
    for block in 0..<blocks {
      let input = block == 0 ? channels : filters
      list.append(.init(name: "block\(block)/filters", shape: [3, 3, input, filters]))
      list.append(.init(name: "block\(block)/scale", shape: [filters]))
      list.append(.init(name: "block\(block)/shift", shape: [filters]))
      if hasTransforms {
        list.append(.init(name: "block\(block)/\(Transform.name)", shape: [filters, filters]))
      }
      if hasWarps {
        list.append(.init(name: "block\(block)/\(Warp.name)", shape: [3, 3, filters, filters]))
      }
    }
    if let outputs {
      list.append(.init(name: "head/weight", shape: [features, outputs]))
      list.append(.init(name: "head/bias", shape: [outputs]))
      if hasTransforms {
        list.append(.init(name: "head/\(Transform.name)", shape: [outputs, outputs]))
      }
    }
    return list
  }

  public var normalizedWidths: [Int] { Array(repeating: filters, count: blocks) }

  /// Filters and head uniform as ``initialWeights`` says, scale 1, shift and bias 0.
  public func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.enumerated().map { index, parameter in
      let stream = random.child(parameter.name)
      let shape = parameter.shape
      if Warp.isOne(parameter) { return Warp.identity(shape) }
      switch shape.rank {
      case 4: return weights(shape, fanIn: shape[2] * 9, fanOut: shape[3] * 9, stream)
      case 2: return weights(shape, fanIn: shape[0], fanOut: shape[1], stream)
      default: return parameter.name.hasSuffix("scale") ? Tensor(repeating: 1, shape) : .zeros(shape)
      }
    }
  }

  private func weights(_ shape: Shape, fanIn: Int, fanOut: Int, _ random: RandomStream) -> Tensor {
    switch initialWeights {
    case .glorot:
      return .glorotUniform(shape, fanIn: fanIn, fanOut: fanOut, random)
    case .fanIn:
      let limit = 1 / Double(fanIn).squareRoot()
      return .uniform(shape, in: -limit...limit, random)
    }
  }

  public func callAsFunction(
    _ parameters: [Tensor], _ images: Tensor, normalization: Normalization
  ) -> Activations {
    var x = images
    var moments: [Moments] = []
    for block in 0..<blocks {
      let p = parameters[(block * perBlock)...]
      let (filters, scale, shift) = (p[p.startIndex], p[p.startIndex + 1], p[p.startIndex + 2])
      x = x.convolution(filters, stride: downsampling[block] == .strided ? 2 : 1, padding: 1)
      if hasTransforms { x = x.transformed(by: p[p.startIndex + 3]) }
      x = x.normalized(
        normalization, layer: block, scale: scale, shift: shift, pooled: downsampling[block] == .maxPool,
        appendingTo: &moments)
      if hasWarps { x = x.convolution(p[p.startIndex + perBlock - 1], stride: 1, padding: 1) }
    }
    return Activations(output: readout == .maps ? x : head(parameters, x), moments: moments)
  }

  /// From the last block's images to `[examples, outputs]`.
  private func head(_ parameters: [Tensor], _ x: Tensor) -> Tensor {
    let read = readout == .mean ? x.mean(along: 1, 2) : x
    let z = read.reshaped([x.shape[0], features])
    guard outputs != nil else { return z }
    let head = parameters[(blocks * perBlock)...]
    let (weight, bias) = (head[head.startIndex], head[head.startIndex + 1])
    return hasTransforms
      ? z.product(weight).affine(head[head.startIndex + 2], bias, relu: false)
      : z.affine(weight, bias, relu: false)
  }
}
