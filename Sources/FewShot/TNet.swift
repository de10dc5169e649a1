import Kinds
import Networks
import Randomness
import Tensors

/// T-net and MT-net: a MAML on a network whose every weight W is followed by a square matrix T, with
/// nothing between the two. The inner loop changes W only, in the space that T spans; in an MT-net only
/// those of its outputs that a mask picks (Lee and Choi 2018, sections 3.1 and 3.2, algorithm 1).
///
///     y = T W x + b
///     M ~ Bernoulli(σ(ζ)) for each output of each layer, once for a task       T-net: M = 1
///     W ← W − α M ∘ ∇W L(support)
///     (W, T, ζ) ← Adam on the query loss; T begins as the identity, ζ as 0
enum TNet {
  static let description = AlgorithmDescription(
    name: "t-net", summary: "MAML with learned matrices after its weights, which are not adapted",
    reference: "Lee, Choi 2018, section 3.1",
    classification: MAML.settings(isRegression: false, testSteps: 1),
    regression: MAML.settings(isRegression: true, testSteps: 1), diagnostics: Diagnostic.ofSupport
  ) { settings, problem in
    let rate = Float(settings[MAML.innerRate])
    return try maml(settings, problem) { _ in GradientDescent(rate: rate) }
  }

  static let maskedDescription = AlgorithmDescription(
    name: "mt-net", summary: "t-net that adapts the outputs which a learned mask picks",
    reference: "Lee, Choi 2018, section 3.2",
    classification: MAML.settings(isRegression: false, testSteps: 1),
    regression: MAML.settings(isRegression: true, testSteps: 1),
    diagnostics: Diagnostic.ofSupport + [MaskedDescent.share]
  ) { settings, problem in
    let rate = Float(settings[MAML.innerRate])
    return try maml(settings, problem) { MaskedDescent(of: $0, rate: rate) }
  }

  private static func maml(
    _ settings: Settings, _ problem: Problem, rule: ([ParameterDescription]) -> any InnerRule
  ) throws -> MAML {
    let network = try problem.network(settings, hasTransforms: true)
    let moving = network.parameters.indices.filter { !Transform.isOne(network.parameters[$0]) }
    let rule = rule(moving.map { network.parameters[$0] })
    return MAML(
      InnerLoop(network: network, rule: rule, moving: moving, objective: settings.objective), settings,
      problem)
  }
}

/// Gradient descent on the outputs that a learned random mask picks (Lee and Choi 2018, equations 6
/// to 8). Weights and biases of a layer share its mask; scales and shifts of normalization always move.
///
/// The mask is the harder half of a Gumbel-softmax of temperature 1; its gradient is the softer one's.
struct MaskedDescent: InnerRule {
  /// The share of outputs that are expected to move.
  static let share = "mask-on"

  private let moving: [ParameterDescription]
  private let rate: Float

  init(of moving: [ParameterDescription], rate: Float) {
    self.moving = moving
    self.rate = rate
  }

  private static func isWeight(_ parameter: ParameterDescription) -> Bool {
    parameter.shape.rank > 1
  }

  /// ζ, the log-odds of each layer's outputs to move.
  var parameters: [ParameterDescription] {
    moving.filter(Self.isWeight).map {
      .init(name: "mask/\($0.layer)", shape: [$0.shape[$0.shape.rank - 1]])
    }
  }

  func initialParameters(from random: RandomStream) -> [Tensor] { parameters.map { .zeros($0.shape) } }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with ζ: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    var layer = -1
    var mask = Tensor(1)
    return moving.indices.map { place in
      let parameter = moving[place]
      if Self.isWeight(parameter) {
        layer += 1
        mask = sampledMask(ζ[layer], parameters[layer].name, step.noise)
      }
      guard Self.isWeight(parameter) || parameter.name.hasSuffix("/bias") else {
        return φ[place].adding(gradient[place], scaledBy: -rate)
      }
      return φ[place].adding(gradient[place] * aligned(mask, with: parameter.shape.rank), scaledBy: -rate)
    }
  }

  /// M: 0 or 1 for each output, with the gradient of σ(ζ + logistic noise).
  ///
  /// - Parameter ζ: `[outputs]` or `[tasks, outputs]`; so is the mask.
  private func sampledMask(_ ζ: Tensor, _ name: String, _ noise: [RandomStream]) -> Tensor {
    let outputs = ζ.shape[ζ.shape.rank - 1]
    precondition(noise.count * outputs == ζ.count, "one stream of noise for each task")
    let logistic = noise.flatMap { stream -> [Float] in
      var random = stream.child(name).generator()
      return (0..<outputs).map { _ in
        let u = random.uniform(in: 1e-7...(1 - 1e-7))
        return Float(Elementary.log(u) - Elementary.log(1 - u))
      }
    }
    let soft = (ζ + Tensor(ζ.shape, logistic)).sigmoid()
    let hard = Tensor(ζ.shape, soft.elements.map { $0 > 0.5 ? 1 : 0 })
    return soft + (hard - soft.detached)
  }

  /// A mask along the last axis of a parameter of that rank, behind a leading axis of tasks if there is one.
  private func aligned(_ mask: Tensor, with rank: Int) -> Tensor {
    let tasks = mask.shape.array.dropLast()
    let ones = Array(repeating: 1, count: rank - 1)
    return mask.reshaped(Shape(tasks + ones + [mask.shape.array.last!]))
  }

  func diagnostics(of ζ: [Tensor]) -> [Diagnostic] {
    let shares = ζ.flatMap { $0.sigmoid().elements }.map(Double.init)
    return [Diagnostic(name: Self.share, values: [shares.reduce(0, +) / Double(shares.count)])]
  }
}

extension Tensor {
  /// σ(x) = (1 + tanh(x / 2)) / 2
  fileprivate func sigmoid() -> Tensor { (self * 0.5).tanh() * 0.5 + 0.5 }
}
