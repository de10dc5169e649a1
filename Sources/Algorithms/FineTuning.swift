import Episodes
import Networks
import Randomness
import Tensors

/// The fine-tuning baseline: a network pretrained on all training classes whose new last layer is
/// trained on each episode's support set; for regression the whole jointly pretrained network is
/// (Finn et al. 2017, section 5.1 and figure 2; Ravi and Larochelle 2017, section 5.1).
public struct FineTuning: Learner {
  static let description = AlgorithmDescription(
    name: "fine-tuning", summary: "a pretrained network fine-tuned on each support set",
    reference: "Ravi, Larochelle 2017, baseline; Finn, Abbeel, Levine 2017, figure 2",
    classification: settings(isRegression: false), regression: settings(isRegression: true),
    trainsOn: .examples, diagnostics: Diagnostic.ofSupport
  ) { try FineTuning($0, $1) }

  let pretraining: Pretraining
  /// The pretrained network without the layer on top; nil for regression.
  let body: (any Network)?
  let rate: Float
  let steps: Int
  let policy: BatchNormPolicy

  static func settings(isRegression: Bool) -> [SettingDescription] {
    [
      .init("rate", .number(isRegression ? 0.02 : 0.1), "step size of fine-tuning"),
      .init("steps", .integer(10), minimum: 1, "fine-tuning steps"),
    ] + Pretraining.settings + (isRegression ? [] : MAML.networkSettings)
  }

  init(_ settings: Settings, _ problem: Problem) throws {
    pretraining = Pretraining(
      network: try problem.network(settings, top: .trainingClasses),
      rate: settings.number("pretrainRate"), batch: settings.integer("pretrainBatch"))
    body = problem.isRegression ? nil : try problem.network(settings, top: .none)
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
    guard let body, case .classes(let labels, let way) = support.targets else {
      let network = pretraining.network
      return InnerLoop(network: network, rule: GradientDescent(rate: rate)).adapted(
        from: state.parameters, running: [], on: support, steps: steps, policy: policy, noise: noise)
    }
    let embedding = Embedding(
      network: body, state: state.restricted(to: body), policy: policy, support: support)
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
    return FineTunedHead(embedding: embedding, targets: support.targets, heads: heads)
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
