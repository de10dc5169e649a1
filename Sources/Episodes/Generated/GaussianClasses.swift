import Digests
import Randomness
import Storage
import Tensors

/// Classes that are Gaussian clouds, so that the best possible accuracy is known.
///
/// A class mean is drawn from N(0, s² I) with s² = 0.5, an example from N(mean, I), both in 20
/// dimensions. Episodes draw new classes every time; `batch` labels with 100 fixed ones per part.
public struct GaussianClasses: EpisodeSource {
  /// The number of features.
  public static let dimension = 20
  /// The variance of class means in each dimension; that of examples about their mean is 1.
  public static let priorVariance = 0.5
  private static let fixedClasses = 100
  private static let version = "gaussians 1"

  private let fixedMeans: [[Double]]
  /// Of the version of the generator, and the part.
  public let digest: String

  /// The classes of one part.
  public init(part: Part) {
    let root = RandomStream(seed: 0).child(Self.version).child(part.rawValue)
    fixedMeans = (0..<Self.fixedClasses).map { index in
      var random = root.child("class", index).generator()
      return Self.mean(from: &random)
    }
    digest = Digest.hex(of: "\(Self.version) \(part.rawValue)")
  }

  public var inputKind: InputKind { .vectors(Self.dimension) }
  public var classCount: Int? { Self.fixedClasses }

  /// Inputs are `[examples, 20]`.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    var random = stream.generator()
    let means = (0..<shape.way).map { _ in Self.mean(from: &random) }
    let support = (0..<shape.way * shape.shot).map { $0 / shape.shot }
    let query = (0..<shape.way * shape.query).map { $0 / shape.query }
    return Episode(
      support: examples(of: support, means, from: &random),
      query: examples(of: query, means, from: &random))
  }

  /// Examples of the part's 100 fixed classes, drawn uniformly.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    let labels = (0..<count).map { _ in random.integer(below: Self.fixedClasses) }
    return examples(of: labels, fixedMeans, from: &random)
  }

  private static func mean(from random: inout RandomGenerator) -> [Double] {
    (0..<dimension).map { _ in priorVariance.squareRoot() * random.normal() }
  }

  private func examples(
    of labels: [Int], _ means: [[Double]], from random: inout RandomGenerator
  ) -> Examples {
    let inputs = Tensor([labels.count, Self.dimension]) { output in
      var next = 0
      for label in labels {
        for mean in means[label] {
          output[next] = Float(mean + random.normal())
          next += 1
        }
      }
    }
    return Examples(inputs: inputs, targets: .classes(labels, of: means.count))
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "gaussians",
      summary: "Gaussian clouds in 20 dimensions, whose best possible accuracy is known",
      inputKind: .vectors(dimension), isRegression: false, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard",
          summary: "episodes draw new classes every time; minibatches 100 fixed ones per part",
          classes: Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0, fixedClasses) }),
          examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, part, _ in GaussianClasses(part: part) })
}
