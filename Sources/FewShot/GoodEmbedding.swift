import Episodes
import Kinds
import Networks
import Randomness
import Tensors

/// A good embedding is all that few-shot learning needs: the features of a classifier of all training classes, and on
/// each support set a linear classifier (Tian, Wang, Krishnan, Tenenbaum, Isola 2020).
///
///     f ← the body of argmin cross-entropy(head(f(x)), y) over all training classes            (equation 2)
///     z = f(x) / ‖f(x)‖
///     W, b ← logistic regression of the support's z                                             (equation 3)
///     f may learn from an f before it                                           (``Distillation``, equation 5)
///
/// The paper trains with SGD, momentum and weight decay, and on images that are cropped, turned and recoloured at
/// random; here it is Adam on images as they are.
struct GoodEmbedding: Learner {
  static let description = AlgorithmDescription(
    name: "good-embedding", summary: "logistic regression on the features of a classifier",
    reference: "Tian et al. 2020", classification: settings, regression: nil, trainsOn: .examples,
    variesBy: { $0[features] == .random ? .initialization : .training }
  ) { try GoodEmbedding($0, $1) }

  private enum Features: String, SettingChoice { case pretrained, random }
  private enum Classifier: String, SettingChoice {
    case logisticRegression = "logistic-regression"
    case nearestCentroid = "nearest-centroid"
  }

  private static let features = Setting(
    "features", Features.pretrained, "whose features: a trained network's, or those of one as it begins")
  private static let classifier = Setting(
    "classifier", Classifier.logisticRegression, "what is learned of a support set")
  private static let normalized = Setting("normalized", true, "whether features are scaled to length 1")
  private static let strength = Setting(
    "strength", 1.0, "weight C of the examples beside the penalty of logistic regression")
  private static let settings: [SettingDescription] =
    .of(features, classifier, normalized, strength) + Distillation.settings + Pretraining.settings
    + MAML.networkSettings

  private let training: Distillation
  /// The network without the layer for all training classes.
  private let body: any Network
  private let classifier: Classifier
  private let isNormalized: Bool
  private let strength: Double
  private let policy: BatchNormPolicy
  let isTrained: Bool

  init(_ settings: Settings, _ problem: Problem) throws {
    training = Distillation(
      Pretraining(network: try problem.network(settings, top: .trainingClasses), settings), settings,
      iterations: problem.iterations)
    body = try problem.network(settings, top: .none)
    classifier = settings[Self.classifier]
    isNormalized = settings[Self.normalized]
    strength = settings[Self.strength]
    policy = problem.batchNorm
    isTrained = settings[Self.features] == .pretrained
  }

  var adaptationSteps: Int? { 0 }

  var parameters: [ParameterDescription] { training.parameters }

  func initialState(from random: RandomStream) -> LearnerState { training.initialState(from: random) }

  func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    training.updated(state, iteration: iteration, on: tasks)
  }

  func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    guard case .classes(let labels, let way) = support.targets else {
      preconditionFailure("logistic regression needs classes")
    }
    let embedding = Embedding(
      network: body, state: state.restricted(to: body), policy: policy, support: support)
    let z = scaled(embedding.support)
    let scores: @Sendable (Tensor) -> Tensor
    switch classifier {
    case .logisticRegression:
      let fitted = LogisticRegression(z, labels: labels, way: way, strength: strength)
      scores = { fitted.scores($0) }
    case .nearestCentroid:
      let centroids = prototypes(z, of: support.targets)
      scores = { negativeSquaredDistances($0, centroids) }
    }
    return EmbeddingPredictor { scores(scaled(embedding.query($0))) }
  }

  /// Features of length 1, if they are to have it.
  private func scaled(_ z: Tensor) -> Tensor {
    isNormalized ? z.withUnitRows() : z
  }
}

private struct EmbeddingPredictor: Predictor {
  let scores: @Sendable (_ inputs: Tensor) -> Tensor

  func predictions(for inputs: Tensor) -> [Tensor] { [scores(inputs)] }
}
