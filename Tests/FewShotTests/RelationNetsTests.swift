import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// Relation networks against what they are made of.
struct RelationNetsTests {
  private func learner(_ policy: BatchNormPolicy = .queryBatch, _ changes: [String: SettingValue] = [:]) throws
    -> RelationNets
  {
    let description = try #require(AlgorithmRegistry.named("relation-nets"))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("filters", to: .integer(4))
    for (name, value) in changes { settings.set(name, to: value) }
    return try #require(
      try description.learner(
        settings,
        for: Problem(
          inputKind: .images(channels: 1, height: 16, width: 16),
          training: EpisodeShape(way: 3, shot: 2, query: 2), metaBatch: 1, iterations: 10,
          trainingClasses: 3, batchNorm: policy)) as? RelationNets)
  }

  /// Along a random direction of all parameters, against central differences.
  @Test func gradientsAreThoseOfDifferences() throws {
    let (learner, episode) = (try learner(), noiseEpisode(way: 3, shot: 2, query: 2))
    let parameters = learner.initialState(from: RandomStream(seed: 1)).parameters
    let gradient = learner.gradient(parameters, on: episode).gradient
    let (slope, differences) = directionalSlopes(at: parameters, gradient) {
      learner.gradient($0, on: episode).loss
    }
    #expect(abs(slope - differences) < 0.02 * abs(differences) + 3e-3, "\(slope) \(differences)")
    #expect(gradient.allSatisfy { $0.elements.contains { $0 != 0 } })
  }

  /// A class is the sum of its shots, whatever their order; and relations are between 0 and 1.
  @Test func theOrderOfShotsIsNothingToThem() throws {
    let (learner, episode) = (try learner(), noiseEpisode(way: 3, shot: 2, query: 2))
    let state = learner.initialState(from: RandomStream(seed: 1))
    func predicted(_ order: [Int]) -> [Float] {
      learner.adapted(state, to: episode.support.picked(order), noise: RandomStream(seed: 1))
        .predictions(for: episode.query.inputs)[0].elements
    }
    let (a, b) = (predicted([0, 1, 2, 3, 4, 5]), predicted([1, 0, 3, 2, 5, 4]))
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(a.allSatisfy { (0...1).contains($0) })
  }

  /// A query's relation depends on no other query where statistics are running averages.
  @Test func queriesAreScoredAloneWithRunningAverages() throws {
    let (learner, episode) = (try learner(.running), noiseEpisode(way: 3, shot: 1, query: 2))
    let state = learner.initialState(from: RandomStream(seed: 1))
    let predictor = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 1))
    let all = predictor.predictions(for: episode.query.inputs)[0].elements
    let alone = predictor.predictions(for: episode.query.picked([1]).inputs)[0].elements
    #expect(zip(all[3..<6], alone).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// As in the authors' code, a network's gradient is scaled down to a norm, and the step size is halved.
  @Test func stepsAreHalvedAndClipped() throws {
    let tasks = TrainingTasks(
      source: FixedEpisode(episode: noiseEpisode(way: 3, shot: 2, query: 2)), order: RandomStream(seed: 1),
      noise: RandomStream(seed: 2))
    func step(_ changes: [String: SettingValue], _ iteration: Int) throws -> LearnerState {
      let learner = try learner(.queryBatch, changes)
      return learner.updated(
        learner.initialState(from: RandomStream(seed: 1)), iteration: iteration, on: tasks).state
    }
    let start = try learner().initialState(from: RandomStream(seed: 1)).parameters
    func length(_ state: LearnerState) -> Float {
      zip(state.parameters, start).reduce(0) { $0 + ($1.0 - $1.1).squared().sum().scalar }.squareRoot()
    }
    let (first, later) = (
      try step(["halveEvery": .integer(5)], 4), try step(["halveEvery": .integer(5)], 5)
    )
    #expect(abs(length(later) / length(first) - 0.5) < 1e-3)
    // Adam's first step has no memory of the gradient's size, but its moments have.
    let clipped = try step(["clip": .number(1e-3)], 0).adam.mean
    let norm = clipped.reduce(Float(0)) { $0 + $1.squared().sum().scalar }.squareRoot()
    #expect(norm < 0.1 * 1.5e-3 && norm > 0.1 * 0.9e-3, "\(norm)")
  }
}

/// The same episode always.
private struct FixedEpisode: EpisodeSource {
  let episode: Episode
  let digest = ""
  let inputKind = InputKind.images(channels: 1, height: 16, width: 16)
  let classCount: Int? = 3
  func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode { episode }
  func batch(_ count: Int, from stream: RandomStream) -> Examples { episode.query }
}
