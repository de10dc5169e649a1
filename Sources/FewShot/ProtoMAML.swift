import Kinds
import Networks
import Tensors

/// Proto-MAML: a MAML whose last layer starts as the prototypes of the support set
/// (Triantafillou et al. 2020, section 3; the layer is equation 4's).
///
///     cₖ ← mean of f(x) over the support of class k
///     W ← (2 c₁, ..., 2 cₙ),  b ← (−‖c₁‖², ..., −‖cₙ‖²)
///     φ ← (f, W, b), then MAML's inner loop and meta-gradient, which flows through W and b into f
///
/// With no inner step its logits are a prototypical network's, up to ‖f(x)‖², which is the same for
/// all classes.
enum ProtoMAML {
  static let description = AlgorithmDescription(
    name: "proto-maml", summary: "MAML whose last layer starts as the class prototypes",
    reference: "Triantafillou et al. 2020", classification: settings, regression: nil,
    diagnostics: Diagnostic.ofSupport
  ) { settings, problem in
    var maml = MAML(
      InnerLoop(
        network: try problem.network(settings, .maxPool),
        rule: GradientDescent(rate: Float(settings[MAML.innerRate])),
        objective: settings.objective),
      settings, problem,
      schedule: MetaSchedule(
        metaRate: settings[MAML.metaRate], isFirstOrder: settings[firstOrder]))
    maml.start = .prototypes(embedding: try problem.network(settings, .maxPool, top: .none))
    return maml
  }

  private static let firstOrder = Setting(
    "firstOrder", true, "whether second derivatives of inner steps are left out")
  private static let doubleSoftmax = Setting(
    "doubleSoftmax", false, "a softmax before the cross-entropy, as in a tutorial's code")
  private static let settings: [SettingDescription] =
    .of(firstOrder, doubleSoftmax) + MAML.settings(isRegression: false, innerRate: 0.05)
}

/// The linear layer whose logits are −‖z − cₖ‖² + ‖z‖²: weights `[features, way]` and biases `[way]`.
func linearLayer(of prototypes: Tensor) -> [Tensor] {
  let way = prototypes.shape[0]
  return [
    prototypes.transposed([1, 0]) * 2,
    -prototypes.squared().summed(to: [way, 1]).reshaped([way]),
  ]
}
