import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// Matching networks against what they are made of, by hand.
struct MatchingNetsTests {
  private static let source = GaussianClasses(part: .train)
  private static let noise = RandomStream(seed: 3)

  private func learner(
    _ name: String = "matching-nets", shot: Int, _ changes: [String: SettingValue] = [:]
  ) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("network", to: .text("no-conv"))
    settings.set("trainWay", to: .integer(4))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: Self.source.inputKind, training: EpisodeShape(way: 4, shot: shot, query: 3), metaBatch: 1,
        iterations: 10, trainingClasses: Self.source.classCount, batchNorm: .supportOnly))
  }

  private func episode(shot: Int, _ seed: UInt64 = 2) -> Episode {
    Self.source.episode(EpisodeShape(way: 4, shot: shot, query: 3), from: RandomStream(seed: seed))
  }

  private func predictions(_ learner: any Learner, _ state: LearnerState, _ episode: Episode) -> Tensor {
    learner.adapted(state, to: episode.support, noise: Self.noise)
      .predictions(for: episode.query.inputs)[0]
  }

  /// With one shot a class is its example, and its mean.
  @Test func withOneShotAndSquaredDistanceTheyArePrototypicalNetworks() throws {
    let matching = try learner(shot: 1, ["distance": .text("euclidean")])
    let proto = try learner("protonet", shot: 1)
    let state = proto.initialState(from: RandomStream(seed: 1))
    #expect(matching.parameters.map(\.shape) == proto.parameters.map(\.shape))
    let (a, b) = (predictions(matching, state, episode(shot: 1)), predictions(proto, state, episode(shot: 1)))
    #expect(a.elements == b.elements)
    let tasks = TrainingTasks(source: Self.source, order: RandomStream(seed: 2), noise: Self.noise)
    let (one, other) = (
      matching.updated(state, iteration: 0, on: tasks), proto.updated(state, iteration: 0, on: tasks)
    )
    #expect(one.loss == other.loss)
    #expect(one.state.parameters.map(\.elements) == other.state.parameters.map(\.elements))
  }

  /// Equation 1, term by term in double precision.
  @Test func aQueryHasTheClassesThatItAttendsTo() throws {
    let learner = try learner(shot: 3, ["distanceScale": .number(5)])
    let state = learner.initialState(from: RandomStream(seed: 1))
    let episode = episode(shot: 3)
    let network = NormalizedMLP(inputs: GaussianClasses.dimension, hidden: [64, 64], outputs: nil)
    let embedding = Embedding(
      network: network, parameters: state.parameters, running: state.running, policy: .supportOnly,
      support: episode.support)
    func rows(_ z: Tensor) -> [[Double]] {
      let width = z.shape[1]
      return (0..<z.shape[0]).map { row in z.elements[row * width..<(row + 1) * width].map(Double.init) }
    }
    func cosine(_ a: [Double], _ b: [Double]) -> Double {
      func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
    guard case .classes(let labels, let way) = episode.support.targets else { return }
    let support = rows(embedding.support)
    let p = predictions(learner, state, episode).softmax()
    for (query, z) in rows(embedding.query(episode.query.inputs)).enumerated() {
      let weights = support.map { Elementary.exp(5 * cosine(z, $0)) }
      let total = weights.reduce(0, +)
      for k in 0..<way {
        let wanted = zip(labels, weights).reduce(0) { $0 + ($1.0 == k ? $1.1 : 0) } / total
        #expect(abs(Double(p.elements[query * way + k]) - wanted) < 1e-5)
      }
    }
  }

  /// Attention knows no order; the LSTMs over the support do.
  @Test(arguments: [("none", true), ("full", false)])
  func theOrderOfTheSupportMattersOnlyInContext(_ context: String, _ isAlike: Bool) throws {
    let learner = try learner(shot: 2, ["context": .text(context)])
    let state = learner.initialState(from: RandomStream(seed: 1))
    let episode = episode(shot: 2)
    func predicted(_ seed: UInt64) -> [Float] {
      learner.adapted(state, to: episode.support, noise: RandomStream(seed: seed))
        .predictions(for: episode.query.inputs)[0].elements
    }
    #expect((predicted(1) == predicted(2)) == isAlike)
    #expect(predicted(1) == predicted(1))
  }

  /// Far from every example of a class nothing vanishes.
  @Test func veryUnlikeExamplesKeepFiniteScoresAndGradients() throws {
    let learner = try #require(
      try learner(shot: 2, ["distance": .text("euclidean"), "distanceScale": .number(1e4)]) as? MatchingNets)
    let state = learner.initialState(from: RandomStream(seed: 1))
    let scores = predictions(learner, state, episode(shot: 2)).elements
    #expect(scores.allSatisfy { $0.isFinite })
    let (gradient, loss, _) = learner.gradient(state.parameters, on: episode(shot: 2), noise: Self.noise)
    #expect(loss.isFinite && gradient.allSatisfy { $0.elements.allSatisfy { $0.isFinite } })
  }

  /// Along a random direction of all parameters, against central differences.
  @Test(arguments: ["none", "full"]) func gradientsAreThoseOfDifferences(_ context: String) throws {
    let learner = try #require(
      try learner(shot: 2, ["context": .text(context), "distanceScale": .number(3)]) as? MatchingNets)
    let state = learner.initialState(from: RandomStream(seed: 1))
    let episode = episode(shot: 2)
    let gradient = learner.gradient(state.parameters, on: episode, noise: Self.noise).gradient
    let (slope, differences) = directionalSlopes(at: state.parameters, gradient) {
      learner.gradient($0, on: episode, noise: Self.noise).loss
    }
    #expect(abs(slope - differences) < 0.02 * abs(differences) + 3e-3, "\(slope) \(differences)")
    #expect(gradient.allSatisfy { $0.elements.contains { $0 != 0 } })
  }

  /// Each step lowers the loss of the support set as its own queries, and none is there at the beginning.
  @Test func fineTuningGoesDownOnTheSupportSet() throws {
    let episode = episode(shot: 2)
    func predictions(_ steps: Int, _ rate: Double) throws -> [Tensor] {
      let learner = try learner(
        shot: 2,
        ["distanceScale": .number(5), "fineTuningSteps": .integer(steps), "fineTuningRate": .number(rate)])
      let state = learner.initialState(from: RandomStream(seed: 1))
      let predictor = learner.adapted(state, to: episode.support, noise: Self.noise)
      return predictor.predictions(for: episode.support.inputs)
    }
    let losses = try predictions(4, 0.01).map { episode.support.targets.loss($0).scalar }
    #expect(losses.count == 5)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 }, "\(losses)")
    // Steps of no size change nothing, and without steps there is what there was.
    let still = try predictions(2, 0).map(\.elements)
    #expect(still == Array(repeating: try predictions(0, 1)[0].elements, count: 3))
  }
}
