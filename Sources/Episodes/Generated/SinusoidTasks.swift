import Digests
import Randomness
import Storage

/// Regression of sine waves: y = A sin(w x - p), with A in 0.1...5, p in 0...pi and x in -5...5.
///
/// The split says whether waves differ in their frequency w, too: it is 1 in `standard`, MAML's tasks,
/// and in 0.8...1.2 in `frequency`, the harder tasks of Meta-SGD, T-net and MT-net. Errors of the two are
/// not to be compared.
///
/// Inputs and targets are `[points, 1]`, the context `[points, 2]` (`[points, 3]` in `frequency`):
/// amplitude and phase (and frequency) of each point's wave. All parts draw from the same distribution.
///
/// Reference: Finn, Abbeel, Levine (2017), Model-agnostic meta-learning, section 5.1; Li, Zhou, Chen, Li
/// (2017), Meta-SGD, section 4.1; Lee, Choi (2018), Gradient-based meta-learning with learned layerwise
/// metric and subspace, section 5.1.
public struct SinusoidTasks: FunctionTasks {
  /// What waves differ in; its raw value is the split's name.
  public enum Variety: String, CaseIterable, Sendable {
    /// Amplitude and phase.
    case standard
    /// Amplitude, phase and frequency.
    case frequency

    fileprivate var version: String {
      switch self {
      case .standard: "sinusoid 1"
      case .frequency: "sinusoid 1, frequency"
      }
    }

    fileprivate var summary: String {
      switch self {
      case .standard: "waves of amplitude and phase; every part draws from the same distribution"
      case .frequency: "waves that differ in their frequency, too, as in the papers of Meta-SGD and T-net"
      }
    }

    /// Numbers that tell a wave from the others.
    fileprivate var contextWidth: Int { self == .frequency ? 3 : 2 }
  }

  /// What waves differ in.
  public let variety: Variety

  /// Tasks of one split.
  public init(_ variety: Variety = .standard) { self.variety = variety }

  public var version: String { variety.version }
  public var contextWidth: Int { variety.contextWidth }

  public func function(from random: inout RandomGenerator) -> some TaskFunction {
    Wave(
      amplitude: random.uniform(in: 0.1...5), phase: random.uniform(in: 0...Double.pi),
      frequency: variety == .frequency ? random.uniform(in: 0.8...1.2) : nil)
  }

  private struct Wave: TaskFunction {
    let amplitude: Double, phase: Double
    /// Nil where it is 1 for all.
    let frequency: Double?

    var context: [Double] { [amplitude, phase] + (frequency.map { [$0] } ?? []) }
    func input(from random: inout RandomGenerator) -> Double { random.uniform(in: -5...5) }
    func value(at x: Double) -> Double { amplitude * Elementary.sin((frequency ?? 1) * x - phase) }
  }

  static let entry = Datasets.Entry(
    description: DatasetDescription(
      name: "sinusoid",
      summary: "sine waves of random amplitude and phase (and frequency, by the split), to be regressed"
        + " from a few points",
      inputKind: .vectors(1), isRegression: true, needsImport: false,
      splits: Variety.allCases.map { variety in
        SplitDescription(
          name: variety.rawValue, summary: variety.summary, classes: [:], examplesPerClass: .max,
          digest: Digest.hex(of: variety.version), contextWidth: variety.contextWidth)
      }),
    open: { split, _, _ in SinusoidTasks(Variety(rawValue: split)!) })
}
