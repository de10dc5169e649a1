import Digests
import Randomness
import Tensors

/// Regression of curves from a Gaussian process, x uniform in -2...2: kernel of length 0.4 and deviation 1,
/// noise of deviation 0.02 in every value.
///
/// Inputs and targets are `[points, 1]`. All points of an episode are drawn together, so that they are of one
/// curve. All parts draw from the same distribution.
///
/// Reference: Garnelo et al. (2018), Conditional neural processes, in the authors' notebook
/// (google-deepmind/neural-processes, `conditional_neural_process.ipynb`).
public struct GaussianCurves: EpisodeSource {
  /// What suites call the dataset.
  public static let name = "gp-curves"
  /// What curves are drawn from, for those who may know.
  public static let process = GaussianProcess(length: 0.4, deviation: 1, noise: 0.02)
  private static let version = "gaussian process curves 1"

  /// All such curves.
  public init() {}

  public var inputKind: InputKind { .vectors(1) }
  public var classCount: Int? { nil }
  public var digest: String { Digest.hex(of: Self.version) }

  /// - Precondition: `way` is 1.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    precondition(shape.way == 1, "regression has one way")
    var random = stream.generator()
    let inputs = (0..<shape.shot + shape.query).map { _ in Self.input(from: &random) }
    let values = Self.process.values(at: inputs.map(Double.init), from: &random).map { Float($0) }
    func examples(_ places: Range<Int>) -> Examples { Self.examples(Array(inputs[places]), Array(values[places])) }
    return Episode(
      support: examples(0..<shape.shot), query: examples(shape.shot..<inputs.count))
  }

  /// Points of `count` unrelated curves.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    let inputs = (0..<count).map { _ in Self.input(from: &random) }
    let deviation = Self.process.variance.squareRoot()
    return Self.examples(inputs, inputs.map { _ in Float(deviation * random.normal()) })
  }

  /// In the precision in which it is told, so that the covariance is that of what is told.
  private static func input(from random: inout RandomGenerator) -> Float { Float(random.uniform(in: -2...2)) }

  private static func examples(_ inputs: [Float], _ values: [Float]) -> Examples {
    let shape: Shape = [inputs.count, 1]
    return Examples(inputs: Tensor(shape, inputs), targets: .values(Tensor(shape, values)))
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: name, summary: "curves of a Gaussian process with little noise, to be regressed from a few points",
      inputKind: .vectors(1), isRegression: true,
      splits: [
        SplitDescription(
          name: "standard",
          summary: "length 0.4, deviation 1, noise 0.02; every part draws from the same distribution",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, _, _ in GaussianCurves() })
}
