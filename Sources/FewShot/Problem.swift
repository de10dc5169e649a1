import Episodes
import Kinds
import Networks

/// The problem a learner is made for: the dataset's kind and the protocol's numbers.
public struct Problem: Sendable {
  /// The shape of one input.
  public var inputKind: InputKind
  /// Way, shot and query of the episodes that learners train on, unless they have their own way.
  public var training: EpisodeShape
  /// Episodes per training iteration.
  public var metaBatch: Int
  /// Training iterations, over which schedules run.
  public var iterations: Int
  /// The number of classes to train on; nil for regression.
  public var trainingClasses: Int?
  /// Whose statistics normalize queries.
  public var batchNorm: BatchNormPolicy
  /// Numbers that describe the task of each example, for oracles; 0 where there are none.
  public var contextWidth: Int

  /// A problem from its parts.
  public init(
    inputKind: InputKind, training: EpisodeShape, metaBatch: Int, iterations: Int,
    trainingClasses: Int?, batchNorm: BatchNormPolicy, contextWidth: Int = 0
  ) {
    self.inputKind = inputKind
    self.training = training
    self.metaBatch = metaBatch
    self.iterations = iterations
    self.trainingClasses = trainingClasses
    self.batchNorm = batchNorm
    self.contextWidth = contextWidth
  }

  /// Whether targets are values.
  public var isRegression: Bool { trainingClasses == nil }

  /// Logits or values that a learner of these tasks gives: the way, or one value.
  public var outputs: Int { isRegression ? 1 : training.way }

  /// The networks that suites may name.
  public enum NetworkName: String, SettingChoice { case conv, noConv = "no-conv" }
  /// Those of regression.
  public enum RegressionNetworkName: String, SettingChoice { case mlp, linear }

  /// Which network it is.
  public static let network = Setting(
    "network", NetworkName.conv, "four convolutional blocks, or a fully connected network")
  /// The number of filters of convolutions.
  public static let filters = Setting("filters", 64, atLeast: 1, "filters of each convolution")
  /// The network of learners that also solve linear regressions.
  public static let regressionNetwork = Setting(
    "network", RegressionNetworkName.mlp, isLater: true,
    "two hidden layers of 40, or none: the loss is then a quadratic of the parameters")
  /// The initialization of filters, for learners that let suites choose it.
  public static let initialWeights = Setting(
    "initialWeights", ConvNet.InitialWeights.fanIn,
    "how filters begin: uniform within 1/√(fan in) as in the authors' code, or wider after Glorot")

  /// The layer on top of a network.
  public enum Top: Sendable {
    /// A linear layer for the task's classes or values.
    case task
    /// A linear layer for all training classes, or for values.
    case trainingClasses
    /// Nothing: the network is an embedding.
    case none
  }

  /// The paper's network for this kind of input, under the name that a suite gives it.
  ///
  /// - Parameters:
  ///   - settings: `network` is `conv` or `no-conv`, `filters` and, if there is one,
  ///     `initialWeights` those of `conv`; for regression it is
  ///     `mlp`, the 1-40-40-1 of MAML's sine figure, which is also what learners without this setting
  ///     get, or `linear`.
  ///   - downsampling: Of `conv`: strided for MAML, with max-pooling for ProtoNet and for images larger
  ///     than Omniglot's.
  ///   - hasTransforms: Whether linear maps are followed by square matrices, as in T-nets.
  ///   - hasWarps: Whether there are warp layers: convolutions after the blocks of `conv`, a matrix before
  ///     the weights of `linear`, matrices as in T-nets elsewhere.
  /// - Throws: ``AlgorithmError`` if the network cannot take this input.
  public func network(
    _ settings: Settings, _ downsampling: ConvNet.Downsampling = .strided, top: Top = .task,
    hasTransforms: Bool = false, hasWarps: Bool = false
  ) throws -> any Network {
    let hasMatrices = hasTransforms || hasWarps
    let outputs: Int? =
      switch top {
      case .task: self.outputs
      case .trainingClasses: trainingClasses ?? 1
      case .none: nil
      }
    if case .vectors(let features) = inputKind, isRegression {
      if settings[ifPresent: Self.regressionNetwork] == .linear {
        return LinearLayer(
          inputs: features, outputs: outputs ?? 1, deviation: MLP.deviation, hasWarp: hasWarps)
      }
      return MLP(
        widths: [features, 40, 40] + (outputs.map { [$0] } ?? []), isEmbedding: outputs == nil,
        hasTransforms: hasMatrices)
    }
    let name = settings[Self.network]
    switch (inputKind, name) {
    case (.images(let channels, let height, let width), .conv):
      let isStrided = downsampling == .strided && max(height, width) <= 28
      return ConvNet(
        channels: channels, height: height, width: width, filters: settings[Self.filters],
        downsampling: isStrided ? .strided : .maxPool, readout: isStrided ? .mean : .flatten,
        outputs: outputs, hasTransforms: hasTransforms, hasWarps: hasWarps,
        initialWeights: settings[ifPresent: Self.initialWeights] ?? .glorot)
    case (.images(let channels, let height, let width), .noConv):
      return NormalizedMLP(
        inputs: channels * height * width, outputs: outputs, hasTransforms: hasMatrices)
    case (.vectors(let features), .noConv):
      return NormalizedMLP(
        inputs: features, hidden: [64, 64], outputs: outputs, hasTransforms: hasMatrices)
    case (.vectors, .conv):
      throw AlgorithmError.networkNeedsImages(name.rawValue)
    }
  }
}

extension ConvNet.InitialWeights: SettingChoice {}

/// A learner cannot be made for a problem.
public enum AlgorithmError: Error, Equatable, CustomStringConvertible {
  case networkNeedsImages(String)
  case needsClasses(String)
  case needsContext(String)
  case invalidSettings(String)

  public var description: String {
    switch self {
    case .networkNeedsImages(let name):
      "network '\(name)' needs images, but the inputs are vectors. Set 'network: no-conv'."
    case .needsContext(let name):
      "'\(name)' needs a dataset that describes its tasks, such as 'sinusoid'. Exclude this combination."
    case .invalidSettings(let reason):
      reason
    case .needsClasses(let name):
      "'\(name)' needs classes, but the dataset is a regression. Exclude this combination."
    }
  }
}
