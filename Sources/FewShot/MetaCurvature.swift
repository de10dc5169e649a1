import Kinds
import Networks
import Randomness
import Tensors

/// Meta-Curvature: a MAML that transforms every gradient by meta-learned matrices, one for each of its
/// modes, before it steps (Park and Oliva 2019, section 3 and algorithm 1).
///
///     MC(G) = G ×₁ M_f ×₂ M_in ×₃ M_out            filters: space, inputs, outputs
///     MC(G) = M_in G M_out                          weights
///     MC(g) = m ∘ g                                 biases, scales, shifts
///     φ ← θ − α MC(∇L(θ; support))
///
/// All matrices start as the identity, so training starts as MAML.
struct MetaCurvature: InnerRule {
  static let description = AlgorithmDescription(
    name: "meta-curvature", summary: "MAML whose gradients pass learned matrices, mode by mode",
    reference: "Park, Oliva 2019",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    diagnostics: Diagnostic.ofSupport + [distance]
  ) { settings, problem in
    try MAML(settings, problem) { network in
      MetaCurvature(
        of: network, rate: Float(settings[MAML.innerRate]),
        hasAllModes: settings[modes] == .all)
    }
  }

  /// The largest ‖M − I‖ (Frobenius) of all matrices.
  static let distance = "curvature-distance"

  private enum Modes: String, SettingChoice { case all, outputs }

  private static let modes = Setting(
    "modes", Modes.all, "the modes with a matrix: all (MC2), or that of outputs alone (a cheaper MC1)")

  private static func settings(isRegression: Bool) -> [SettingDescription] {
    .of(modes) + MAML.settings(isRegression: isRegression, testSteps: 1)
  }

  private let network: [ParameterDescription]
  private let rate: Float
  private let hasAllModes: Bool

  init(of network: any Network, rate: Float, hasAllModes: Bool) {
    self.network = network.parameters
    self.rate = rate
    self.hasAllModes = hasAllModes
  }

  /// The lengths of the modes of one parameter that have a matrix; empty for vectors.
  private func modes(of parameter: ParameterDescription) -> [(name: String, length: Int)] {
    let shape = parameter.shape
    let outputs = ("outputs", shape[shape.rank - 1])
    switch shape.rank {
    case 4: return hasAllModes ? [("space", shape[0] * shape[1]), ("inputs", shape[2]), outputs] : [outputs]
    case 2: return hasAllModes ? [("inputs", shape[0]), outputs] : [outputs]
    default: return []
    }
  }

  /// The matrices of each of the network's parameters; for vectors, a vector.
  var parameters: [ParameterDescription] {
    network.flatMap { parameter -> [ParameterDescription] in
      let modes = modes(of: parameter)
      guard !modes.isEmpty else {
        return [.init(name: "curvature/\(parameter.name)", shape: parameter.shape)]
      }
      return modes.map {
        .init(name: "curvature/\(parameter.name)/\($0.name)", shape: [$0.length, $0.length])
      }
    }
  }

  func initialParameters(from random: RandomStream) -> [Tensor] {
    parameters.map {
      $0.shape.rank == 2 ? .identity($0.shape[0]) : Tensor(repeating: 1, $0.shape)
    }
  }

  func moved(_ φ: [Tensor], against gradient: [Tensor], with ω: [Tensor], at step: InnerStep)
    -> [Tensor]
  {
    var rest = ω[...]
    return network.indices.map { place in
      let count = max(1, modes(of: network[place]).count)
      defer { rest = rest.dropFirst(count) }
      let transformed = curved(gradient[place], Array(rest.prefix(count)), like: network[place])
      return φ[place].adding(transformed, scaledBy: -rate)
    }
  }

  /// MC(G), with or without a leading axis of tasks.
  private func curved(_ g: Tensor, _ m: [Tensor], like parameter: ParameterDescription) -> Tensor {
    switch parameter.shape.rank {
    case 4:
      let (space, inputs, outputs) = (g.shape[0] * g.shape[1], g.shape[2], g.shape[3])
      let byOutputs = g.reshaped([space * inputs, outputs]).product(m.last!)
      guard hasAllModes else { return byOutputs.reshaped(g.shape) }
      let bySpace = m[0].product(byOutputs.reshaped([space, inputs * outputs]))
        .reshaped([space, inputs, outputs]).transposed([1, 0, 2])
      return m[1].product(bySpace.reshaped([inputs, space * outputs]))
        .reshaped([inputs, space, outputs]).transposed([1, 0, 2]).reshaped(g.shape)
    case 2:
      return hasAllModes ? m[0].product(g).product(m[1]) : g.product(m[0])
    default:
      return m[0] * g
    }
  }

  func diagnostics(of ω: [Tensor]) -> [Diagnostic] {
    let distances = zip(ω, parameters).filter { $1.shape.rank == 2 }.map { m, _ -> Double in
      m.distance(to: .identity(m.shape[0]))
    }
    return [Diagnostic(name: Self.distance, values: [distances.max() ?? 0])]
  }
}
