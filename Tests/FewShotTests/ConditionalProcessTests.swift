import Episodes
import FewShot
import Foundation
import Kinds
import Networks
import Randomness
import Tensors
import Testing

/// A conditional process that classifies, against what it is made of.
struct ConditionalProcessTests {
  private static let source = try! Datasets.episodes(
    "strokes", split: "standard", part: .test, data: URL(fileURLWithPath: "/nonexistent"))

  private let episode = Self.source.episode(EpisodeShape(way: 3, shot: 2, query: 2), from: RandomStream(seed: 2))

  private func learner(_ inputs: InputKind = source.inputKind) throws -> ConditionalProcess {
    let description = try #require(AlgorithmRegistry.named("cnp"))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("filters", to: .integer(4))
    settings.set("hidden", to: .integer(16))
    return try #require(
      try description.learner(
        settings,
        for: Problem(
          inputKind: inputs, training: EpisodeShape(way: 3, shot: 2, query: 2), metaBatch: 4,
          iterations: 10, trainingClasses: Self.source.classCount, batchNorm: .running)) as? ConditionalProcess)
  }

  /// Of two episodes, along a random direction of each parameter, against central differences.
  @Test func gradientsAreThoseOfDifferences() throws {
    let learner = try learner(.images(channels: 1, height: 16, width: 16))
    let episodes = [noiseEpisode(way: 3, shot: 2, query: 2, 4), noiseEpisode(way: 3, shot: 2, query: 2, 5)]
    let parameters = learner.initialState(from: RandomStream(seed: 1)).parameters
    let gradient = learner.gradient(parameters, on: episodes).gradient
    for (index, description) in learner.parameters.enumerated() {
      let (slope, differences) = directionalSlopes(at: [parameters[index]], [gradient[index]]) { moved in
        var parameters = parameters
        parameters[index] = moved[0]
        return learner.gradient(parameters, on: episodes).loss
      }
      // Filters move many units past their kink.
      let tolerance = description.name.hasSuffix("filters") ? 0.1 : 0.02
      #expect(
        abs(slope - differences) < tolerance * abs(differences) + 1e-3, "\(description.name): \(slope) \(differences)")
    }
  }

  /// A class is the mean of its shots, whatever their order; and queries do not see each other.
  @Test func theOrderOfTheSupportIsNothingToIt() throws {
    let learner = try learner()
    let state = learner.initialState(from: RandomStream(seed: 1))
    func predicted(_ order: [Int], _ queries: Tensor) -> [Float] {
      learner.adapted(state, to: episode.support.picked(order), noise: RandomStream(seed: 1))
        .predictions(for: queries)[0].elements
    }
    let queries = episode.query.inputs
    let scores = predicted(Array(0..<6), queries)
    for (a, b) in zip(scores, predicted([3, 5, 0, 4, 1, 2], queries)) { #expect(abs(a - b) < 1e-4) }
    for (a, b) in zip(scores, predicted(Array(0..<6), queries.slice(0, 0..<1))) { #expect(abs(a - b) < 1e-5) }
  }

  /// On the same four episodes again and again its loss falls far below chance's, log 3.
  @Test func itLearns() throws {
    let learner = try learner()
    var state = learner.initialState(from: RandomStream(seed: 1))
    var loss = Float.infinity
    for _ in 0..<150 {
      let tasks = TrainingTasks(source: Self.source, order: RandomStream(seed: 4), noise: RandomStream(seed: 5))
      (state, loss) = learner.updated(state, iteration: 0, on: tasks)
    }
    #expect(loss < 0.2)
  }
}
