import Randomness
import Storage
import Tensors

/// Regression of sine waves: y = A sin(x - p), with A in 0.1...5, p in 0...pi and x in -5...5.
///
/// Inputs and targets are `[points, 1]`, the context `[points, 2]`: amplitude and phase of each point's
/// wave. All parts draw from the same distribution.
///
/// Reference: Finn, Abbeel, Levine (2017), Model-agnostic meta-learning, section 5.1.
public struct SinusoidTasks: EpisodeSource {
  private static let version = "sinusoid 1"

  public init() {}

  public var inputKind: InputKind { .vectors(1) }
  public var classCount: Int? { nil }
  public var digest: String { Digest.hex(of: Self.version) }

  /// - Precondition: `way` is 1.
  public func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    precondition(shape.way == 1, "regression has one way")
    var random = stream.generator()
    let wave = Wave(from: &random)
    return Episode(
      support: points(shape.shot, from: &random) { _ in wave },
      query: points(shape.query, from: &random) { _ in wave })
  }

  /// Points of `count` unrelated waves.
  public func batch(_ count: Int, from stream: RandomStream) -> Examples {
    var random = stream.generator()
    return points(count, from: &random) { Wave(from: &$0) }
  }

  private struct Wave {
    let amplitude: Double, phase: Double

    init(from random: inout RandomGenerator) {
      amplitude = random.uniform(in: 0.1...5)
      phase = random.uniform(in: 0...Double.pi)
    }
  }

  private func points(
    _ count: Int, from random: inout RandomGenerator, wave: (inout RandomGenerator) -> Wave
  ) -> Examples {
    var inputs: [Float] = []
    var targets: [Float] = []
    var context: [Float] = []
    inputs.reserveCapacity(count)
    targets.reserveCapacity(count)
    context.reserveCapacity(2 * count)
    for _ in 0..<count {
      let wave = wave(&random)
      let x = random.uniform(in: -5...5)
      inputs.append(Float(x))
      targets.append(Float(wave.amplitude * Elementary.sin(x - wave.phase)))
      context += [Float(wave.amplitude), Float(wave.phase)]
    }
    let shape: Shape = [count, 1]
    return Examples(
      inputs: Tensor(shape, inputs), targets: .values(Tensor(shape, targets)),
      context: Tensor([count, 2], context))
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "sinusoid",
      summary: "sine waves of random amplitude and phase, to be regressed from a few points",
      inputKind: .vectors(1), isRegression: true, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "every part draws from the same distribution of waves",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, _, _ in SinusoidTasks() })
}
