import Kinds
import Networks
import Tensors

/// ANIL, "almost no inner loop": a MAML whose inner loop changes the last layer only, in training and at
/// test (Raghu, Raghu, Bengio, Vinyals 2020, section 4).
///
///     z ← f(x; ψ)                               the same at every inner step
///     innerSteps times: φ ← φ − α ∇φ L(z φ; support)
///     gᵢ ← ∇(ψ,θ) L(f(query; ψ) φ)
enum ANIL {
  static let description = AlgorithmDescription(
    name: "anil", summary: "MAML that adapts the last layer only", reference: "Raghu et al. 2020",
    classification: MAML.settings(isRegression: false),
    regression: MAML.settings(isRegression: true), diagnostics: Diagnostic.ofSupport
  ) { try maml($0, $1) }

  static func maml(_ settings: Settings, _ problem: Problem) throws -> MAML {
    let features = try problem.network(settings, top: .none)
    let head = LinearLayer(
      inputs: features.outputWidth, outputs: problem.outputs,
      deviation: problem.isRegression ? MLP.deviation : nil)
    let rule = GradientDescent(rate: Float(settings[MAML.innerRate]))
    var maml = MAML(
      InnerLoop(network: head, rule: rule, objective: settings.objective), settings, problem)
    maml.features = features
    return maml
  }
}
