import Episodes
import Networks
import Randomness
import Tensors

/// The fine-tuning baseline: a network pretrained on all training classes gets a new last layer, which
/// begins at zero, and on each episode's support set all of it is trained (Ravi and Larochelle 2017,
/// section 5.1) or the new layer alone (Chen et al. 2019, section 3.2). For regression the jointly
/// pretrained network is trained on (Finn et al. 2017, section 5.1 and figure 2).
public struct FineTuning: Learner {
  static let description = AlgorithmDescription(
    name: "fine-tuning", summary: "a pretrained network fine-tuned on each support set",
    reference: "Ravi, Larochelle 2017, baseline; Finn, Abbeel, Levine 2017, figure 2",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    trainsOn: .examples, diagnostics: Diagnostic.ofSupport
  ) { try FineTuning($0, $1) }

  let pretraining: Pretraining
  private let tuned: Tuned
  let rate: Float
  let steps: Int
  let policy: BatchNormPolicy

  /// What is trained on each support set.
  private enum Tuned {
    /// A new last layer; the pretrained body stays as it is.
    case head(body: any Network)
    /// All of a network, whose first parameters are pretrained while the others begin at zero.
    case all(any Network, pretrained: Int)
  }

  private enum Layers: String, CaseIterable { case head, all }

  static func settings(isRegression: Bool) -> [SettingDescription] {
    [
      .init("rate", .number(isRegression ? 0.02 : 0.1), "step size of fine-tuning"),
      .init("steps", .integer(10), minimum: 1, "fine-tuning steps"),
    ] + Pretraining.settings + (isRegression ? [] : [layers] + MAML.networkSettings)
  }

  private static let layers = SettingDescription(
    "layers", .text(Layers.head.rawValue), choices: Layers.allCases.map(\.rawValue), isLater: true,
    "what is fine-tuned: the new last layer alone, or all of the network with it")

  init(_ settings: Settings, _ problem: Problem) throws {
    pretraining = Pretraining(
      network: try problem.network(settings, top: .trainingClasses),
      rate: settings.number("pretrainRate"), batch: settings.integer("pretrainBatch"))
    if problem.isRegression {
      tuned = .all(pretraining.network, pretrained: pretraining.network.parameters.count)
    } else {
      let body = try problem.network(settings, top: .none)
      switch Layers(rawValue: settings.text("layers"))! {
      case .head: tuned = .head(body: body)
      case .all: tuned = .all(try problem.network(settings), pretrained: body.parameters.count)
      }
    }
    rate = Float(settings.number("rate"))
    steps = settings.integer("steps")
    policy = problem.batchNorm
  }

  public var parameters: [ParameterDescription] { pretraining.network.parameters }

  public func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: pretraining.network, from: random)
  }

  public func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    pretraining.updated(state, iteration: iteration, on: tasks)
  }

  public func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream)
    -> any Predictor
  {
    switch tuned {
    case .all(let network, let pretrained):
      let new = network.parameters.dropFirst(pretrained).map { Tensor.zeros($0.shape) }
      return InnerLoop(network: network, rule: GradientDescent(rate: rate)).adapted(
        from: state.parameters.prefix(pretrained) + new, running: state.running, on: support,
        steps: steps, policy: policy, noise: noise)
    case .head(let body):
      let embedding = Embedding(
        network: body, state: state.restricted(to: body), policy: policy, support: support)
      return fineTunedHead(on: embedding, support.targets)
    }
  }

  /// A linear layer that begins at zero, after every step on the embeddings of the support set.
  private func fineTunedHead(on embedding: Embedding, _ targets: Targets) -> FineTunedHead {
    guard case .classes(let labels, let way) = targets else {
      preconditionFailure("a new last layer needs classes")
    }
    var weight = Tensor.zeros([embedding.support.shape[1], way])
    var bias = Tensor.zeros([1, way])
    var heads = [(weight: weight, bias: bias)]
    for _ in 0..<steps {
      (weight, bias) = Tape.recording { tape in
        let head = tape.variables([weight, bias])
        let loss = (embedding.support.product(head[0]) + head[1]).crossEntropy(labels)
        let g = gradient(of: loss, at: head)
        return (
          weight.adding(g[0], scaledBy: -rate).detached, bias.adding(g[1], scaledBy: -rate).detached
        )
      }
      heads.append((weight, bias))
    }
    return FineTunedHead(embedding: embedding, targets: targets, heads: heads)
  }
}

/// A linear layer on fixed embeddings, at every stage of its fine-tuning.
private struct FineTunedHead: Predictor {
  let embedding: Embedding
  /// Of the support set.
  let targets: Targets
  let heads: [(weight: Tensor, bias: Tensor)]

  func predictions(for inputs: Tensor) -> [Tensor] {
    let features = embedding.query(inputs)
    return heads.map { features.product($0.weight) + $0.bias }
  }

  func diagnostics(on queries: Tensor) -> [Diagnostic] {
    let scores = heads.map { targets.score(embedding.support.product($0.weight) + $0.bias) }
    return [Diagnostic(name: Diagnostic.supportAccuracy, values: scores)]
  }
}
