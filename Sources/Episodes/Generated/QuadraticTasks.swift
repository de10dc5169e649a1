import Digests
import Randomness
import Storage
import Tensors

/// Regression of y = w·x with two inputs of unlike sizes: in the parameters of a linear model the mean
/// squared error of a support set is an ill-conditioned quadratic, whose minimum w is the task's own.
///
/// Inputs are normal with standard deviations 1 and 1/10 along two axes that are turned by 30 degrees
/// against the coordinates, the same for all tasks: the curvature differs from task to task by the
/// points that were drawn, and its condition number lies around 100. w is standard normal along these
/// axes, times 1 and 10, so that both directions have equal shares of the loss.
///
/// A simpler relative of the surfaces over two parameters in Flennerhag et al. (2020), Meta-learning with
/// warped gradient descent.
public struct QuadraticTasks: EpisodeSource {
  private static let version = "quadratic 1"
  private static let condition = 10.0
  private static let axis = (cos: 0.75.squareRoot(), sin: 0.5)

  /// All such functions.
  public init() {}

  public var inputKind: InputKind { .vectors(2) }
  public var classCount: Int? { nil }
  public var digest: String { Digest.hex(of: Self.version) }

  /// - Precondition: `way` is 1.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    precondition(shape.way == 1, "regression has one way")
    var random = stream.generator()
    let w = Self.weights(from: &random)
    return Episode(
      support: Self.points(shape.shot, from: &random) { _ in w },
      query: Self.points(shape.query, from: &random) { _ in w })
  }

  /// Points of `count` unrelated tasks.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    return Self.points(count, from: &random, of: Self.weights)
  }

  /// w along the two axes.
  private static func weights(from random: inout RandomGenerator) -> (Double, Double) {
    (random.normal(), condition * random.normal())
  }

  private static func points(
    _ count: Int, from random: inout RandomGenerator,
    of weights: (inout RandomGenerator) -> (Double, Double)
  ) -> Examples {
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<count {
      let w = weights(&random)
      let (u, v) = (random.normal(), random.normal() / condition)
      inputs.append(Float(axis.cos * u - axis.sin * v))
      inputs.append(Float(axis.sin * u + axis.cos * v))
      targets.append(Float(w.0 * u + w.1 * v))
    }
    return Examples(
      inputs: Tensor([count, 2], inputs), targets: .values(Tensor([count, 1], targets)))
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "quadratic",
      summary: "linear functions of two inputs of unlike sizes, whose regression is ill-conditioned",
      inputKind: .vectors(2), isRegression: true, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "every part draws from the same distribution of functions",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, _, _ in QuadraticTasks() })
}
