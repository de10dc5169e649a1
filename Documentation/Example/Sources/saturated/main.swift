import FewShot
import Commands
import Networks
import Randomness
import Tensors

/// A MAML whose steps are bounded: φ ← φ − ω ∘ tanh(∇L(φ; support)), with meta-learned ω.
struct SaturatedDescent: InnerRule {
  let network: [ParameterDescription]
  let rate: Float

  /// ω is as large as the network's parameters.
  var parameters: [ParameterDescription] {
    network.map { ParameterDescription(name: "saturated/\($0.name)", shape: $0.shape) }
  }

  func initialParameters(from random: RandomStream) -> [Tensor] {
    network.map { Tensor(repeating: rate, $0.shape) }
  }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    φ.indices.map { φ[$0] - ω[$0] * gradient[$0].tanh() }
  }
}

let saturated = AlgorithmDescription(
  name: "saturated-maml", summary: "MAML with bounded steps of learned sizes",
  reference: "an example",
  classification: MAML.settings(isRegression: false),
  regression: MAML.settings(isRegression: true), diagnostics: Diagnostic.ofSupport
) { settings, problem in
  try MAML(settings, problem) { network in
    SaturatedDescent(network: network.parameters, rate: Float(settings[MAML.innerRate]))
  }
}

Program.main(adding: [saturated])
