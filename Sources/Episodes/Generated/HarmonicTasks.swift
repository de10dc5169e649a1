import Digests
import Randomness
import Storage

/// Regression of two harmonics: y = a1 sin(w x + b1) + a2 sin(2 w x + b2), with w in 5...7, phases in
/// 0...2π and standard normal amplitudes; x is normal with standard deviation 1 around a center in
/// -4...4 that is the task's own.
///
/// The paper of T-net, which these tasks accompany here, gives no ranges. Ours are those of the first
/// paper below, without the noise that it adds to y, so that a perfect learner's loss is 0.
///
/// Reference: Lacoste, Oreshkin, Chung, Boquet, Rostamzadeh, Krueger (2018), Uncertainty in multitask
/// transfer learning.
public struct HarmonicTasks: FunctionTasks {
  private static let version = "harmonic 1"

  /// All such functions.
  public init() {}

  public var version: String { Self.version }

  public func function(from random: inout RandomGenerator) -> some TaskFunction {
    Harmonics(
      center: random.uniform(in: -4...4), frequency: random.uniform(in: 5...7),
      phases: (random.uniform(in: 0...2 * .pi), random.uniform(in: 0...2 * .pi)),
      amplitudes: (random.normal(), random.normal()))
  }

  private struct Harmonics: TaskFunction {
    let center: Double, frequency: Double
    let phases: (Double, Double), amplitudes: (Double, Double)

    func input(from random: inout RandomGenerator) -> Double { center + random.normal() }

    func value(at x: Double) -> Double {
      amplitudes.0 * Elementary.sin(frequency * x + phases.0)
        + amplitudes.1 * Elementary.sin(2 * frequency * x + phases.1)
    }
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "harmonic",
      summary: "sums of two sine waves, one of twice the other's frequency, to be regressed from a"
        + " few points",
      inputKind: .vectors(1), isRegression: true, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "every part draws from the same distribution of waves",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, _, _ in HarmonicTasks() })
}
