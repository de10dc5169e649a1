import Episodes
import Networks

/// What a learner is made for: the dataset's kind and the protocol's numbers.
public struct Problem: Sendable {
  /// What one input looks like.
  public var inputKind: InputKind
  /// Way, shot and query of the episodes that learners train on, unless they have their own way.
  public var training: EpisodeShape
  /// Episodes per training iteration.
  public var metaBatch: Int
  /// The number of classes to train on; nil for regression.
  public var trainingClasses: Int?
  /// Whose statistics normalize queries.
  public var batchNorm: BatchNormPolicy

  /// A problem from its parts.
  public init(
    inputKind: InputKind, training: EpisodeShape, metaBatch: Int, trainingClasses: Int?,
    batchNorm: BatchNormPolicy
  ) {
    self.inputKind = inputKind
    self.training = training
    self.metaBatch = metaBatch
    self.trainingClasses = trainingClasses
    self.batchNorm = batchNorm
  }

  /// Whether targets are values.
  public var isRegression: Bool { trainingClasses == nil }

  /// The paper's network for this kind of input, under the name that a suite gives it.
  ///
  /// - Parameters:
  ///   - name: `conv` (strided for MAML, with max-pooling for ProtoNet and for images larger than
  ///     Omniglot's) or `no-conv`; regression always has the 1-40-40-1 of MAML's sine figure.
  ///   - outputs: Of the linear layer on top; nil for an embedding.
  /// - Throws: ``AlgorithmError`` if the network cannot take this input.
  func network(
    _ name: String, _ downsampling: ConvNet.Downsampling, filters: Int, outputs: Int?
  ) throws -> any Network {
    switch (inputKind, name) {
    case (.vectors(let features), _) where isRegression:
      return MLP(widths: [features, 40, 40, outputs ?? 40])
    case (.images(let channels, let height, let width), "conv"):
      let isStrided = downsampling == .strided && max(height, width) <= 28
      return ConvNet(
        channels: channels, height: height, width: width, filters: filters,
        downsampling: isStrided ? .strided : .maxPool, readout: isStrided ? .mean : .flatten,
        outputs: outputs)
    case (.images(let channels, let height, let width), "no-conv"):
      return NormalizedMLP(inputs: channels * height * width, outputs: outputs)
    case (.vectors(let features), "no-conv"):
      return NormalizedMLP(inputs: features, hidden: [64, 64], outputs: outputs)
    default:
      throw AlgorithmError.networkNeedsImages(name)
    }
  }
}

/// A learner cannot be made for a problem.
public enum AlgorithmError: Error, Equatable, CustomStringConvertible {
  case networkNeedsImages(String)
  case needsClasses(String)

  public var description: String {
    switch self {
    case .networkNeedsImages(let name):
      "network '\(name)' needs images, but the inputs are vectors. Set 'network: no-conv'."
    case .needsClasses(let name):
      "'\(name)' needs classes, but the dataset is a regression. Exclude this combination."
    }
  }
}
