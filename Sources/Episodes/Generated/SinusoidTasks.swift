import Randomness
import Storage

/// Regression of sine waves: y = A sin(x - p), with A in 0.1...5, p in 0...pi and x in -5...5.
///
/// Inputs and targets are `[points, 1]`, the context `[points, 2]`: amplitude and phase of each point's
/// wave. All parts draw from the same distribution.
///
/// Reference: Finn, Abbeel, Levine (2017), Model-agnostic meta-learning, section 5.1.
public struct SinusoidTasks: FunctionTasks {
  private static let version = "sinusoid 1"

  public init() {}

  public var version: String { Self.version }
  public var contextWidth: Int { 2 }

  public func function(from random: inout RandomGenerator) -> some TaskFunction {
    Wave(
      amplitude: random.uniform(in: 0.1...5), phase: random.uniform(in: 0...Double.pi))
  }

  private struct Wave: TaskFunction {
    let amplitude: Double, phase: Double

    var context: [Double] { [amplitude, phase] }
    func input(from random: inout RandomGenerator) -> Double { random.uniform(in: -5...5) }
    func value(at x: Double) -> Double { amplitude * Elementary.sin(x - phase) }
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "sinusoid",
      summary: "sine waves of random amplitude and phase, to be regressed from a few points",
      inputKind: .vectors(1), isRegression: true, contextWidth: 2, needsImport: false,
      splits: [
        SplitDescription(
          name: "standard", summary: "every part draws from the same distribution of waves",
          classes: [:], examplesPerClass: .max, digest: Digest.hex(of: version))
      ]),
    open: { _, _, _ in SinusoidTasks() })
}
