import Kinds
import Networks
import Randomness
import Tensors

/// Meta-SGD: a MAML that learns a step size, and so a direction, for every single parameter
/// (Li, Zhou, Chen, Li 2017, algorithm 1).
///
///     (θ, α) ← initial parameters
///     repeat
///       for each task i of a meta-batch
///         φ ← θ − α ∘ ∇L(θ; supportᵢ)                      equation 2
///         gᵢ ← ∇(θ,α) L(φ; queryᵢ)
///       (θ, α) ← Adam((θ, α), mean of gᵢ)                  equation 3
struct MetaSGD: InnerRule {
  static let description = AlgorithmDescription(
    name: "meta-sgd", summary: "MAML with a learned step size for every parameter",
    reference: "Li, Zhou, Chen, Li 2017",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    diagnostics: Diagnostic.ofSupport + [rateRatio, negativeRates], retiredDiagnostics: ["rate-spread"]
  ) { settings, problem in
    let (lowest, highest) = (settings[lowestRate], settings[highestRate])
    guard lowest <= highest else {
      throw AlgorithmError.invalidSettings(
        "lowestRate, \(lowest), is above highestRate, \(highest). Swap them.")
    }
    return try MAML(settings, problem) { MetaSGD(of: $0, from: lowest...highest) }
  }

  /// The 95th percentile of the learned |α| divided by the 5th. The largest divided by the smallest, which
  /// was recorded before as `rate-spread`, says nothing: α cross zero.
  static let rateRatio = "rate-ratio"
  /// The share of α below 0, which go up the support loss.
  static let negativeRates = "negative-rates"

  private static let lowestRate = Setting("lowestRate", 0.005, "the least step size α before training")
  private static let highestRate = Setting("highestRate", 0.1, "the largest; equal for all where both are")

  private static func settings(isRegression: Bool) -> [SettingDescription] {
    .of(lowestRate, highestRate) + MAML.stepSettings(isRegression: isRegression, testSteps: 1)
  }

  private let network: [ParameterDescription]
  private let rates: ClosedRange<Double>

  init(of network: any Network, from rates: ClosedRange<Double>) {
    self.network = network.parameters
    self.rates = rates
  }

  /// α, as large as θ.
  var parameters: [ParameterDescription] {
    network.map { .init(name: "rate/\($0.name)", shape: $0.shape) }
  }

  func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map { .uniform($0.shape, in: rates, random.child($0.name)) }
  }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with α: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    zip(φ, zip(α, gradient)).map { φ, step in φ - step.0 * step.1 }
  }

  func diagnostics(of α: [Tensor]) -> [Diagnostic] {
    let rates = α.flatMap(\.elements).map(Double.init)
    let sizes = rates.map(abs).sorted()
    let (low, high) = (sizes.quantile(0.05), sizes.quantile(0.95))
    let negative = Double(rates.count { $0 < 0 }) / Double(rates.count)
    return [
      Diagnostic(name: Self.rateRatio, values: [low == high ? 1 : high / low]),
      Diagnostic(name: Self.negativeRates, values: [negative]),
    ]
  }
}
