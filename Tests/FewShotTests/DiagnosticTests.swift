import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// What predictors tell of their adaptation, and ProtoNet's two distances.
struct DiagnosticTests {
  static let source = GaussianClasses(part: .train)

  private func learner(
    _ name: String, _ changes: [String: SettingValue] = [:], policy: BatchNormPolicy = .queryBatch
  ) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("network", to: .text("no-conv"))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: Self.source.inputKind, training: Self.shape, metaBatch: 2, iterations: 60, trainingClasses: 20,
        batchNorm: policy))
  }

  static let shape = EpisodeShape(way: 3, shot: 2, query: 4)

  private var episode: Episode {
    Self.source.episode(Self.shape, from: RandomStream(seed: 5).child("episode"))
  }

  @Test(arguments: ["maml", "fomaml", "fine-tuning"])
  func supportAccuracyIsThatOfTheSupportSetAsQueries(_ name: String) throws {
    let learner = try learner(name)
    let state = learner.initialState(from: RandomStream(seed: 1))
    let support = episode.support
    let predictor = learner.adapted(state, to: support, noise: RandomStream(seed: 3))
    // With the statistics of the query batch, a support set in its place is normalized as itself.
    let expected = predictor.predictions(for: support.inputs).map { support.targets.score($0) }
    #expect(predictor.diagnostics(on: support.inputs) == [Diagnostic(name: "support-accuracy", values: expected)])
    #expect(AlgorithmRegistry.named(name)?.diagnostics.contains("support-accuracy") == true)
  }

  @Test func statisticsOfTheSupportSetGiveTheSameSupportAccuracy() throws {
    let support = episode.support
    let accuracies = try [BatchNormPolicy.queryBatch, .supportOnly].map { policy in
      let learner = try learner("maml", policy: policy)
      return learner.adapted(learner.initialState(from: RandomStream(seed: 1)), to: support, noise: RandomStream(seed: 3))
        .diagnostics(on: support.inputs)
    }
    #expect(accuracies[0] == accuracies[1])
  }

  /// α as they were learned, 101 of each parameter's: what is told of them are percentiles and signs.
  @Test func theSpreadOfLearnedRatesIsThatOfPercentilesAndSigns() throws {
    let learner = try learner("meta-sgd")
    var state = learner.initialState(from: RandomStream(seed: 1))
    func diagnostics(_ rate: (Int) -> Float) -> [String: [Double]] {
      var next = 0
      for (place, parameter) in learner.parameters.enumerated() where parameter.name.hasPrefix("rate/") {
        state.parameters[place] = Tensor(
          parameter.shape, (0..<parameter.shape.count).map { _ in
            next += 1
            return rate(next - 1)
          })
      }
      let all = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 3))
        .diagnostics(on: episode.query.inputs)
      return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.values) })
    }
    let count = learner.parameters.filter { $0.name.hasPrefix("rate/") }.reduce(0) { $0 + $1.shape.count }
    // 1, 2, 3, ... of which every fourth is negative, and one is next to nothing.
    let found = diagnostics { ($0 == 0 ? 1e-20 : Float($0)) * ($0 % 4 == 1 ? -1 : 1) }
    let last = Double(count - 1)
    #expect(abs(try #require(found["rate-ratio"])[0] - 0.95 * last / (0.05 * last)) < 1e-6)
    #expect(abs(try #require(found["negative-rates"])[0] - 0.25) < 1 / last)
    #expect(found["rate-spread"] == nil)
    #expect(diagnostics { _ in 0.1 }["rate-ratio"] == [1])
    let description = try #require(AlgorithmRegistry.named("meta-sgd"))
    #expect(Set(found.keys).isSubset(of: description.diagnostics))
  }

  @Test func algorithmsThatRecordNothingHaveNoDiagnostics() throws {
    let learner = try learner("protonet", ["trainWay": .integer(3)])
    let state = learner.initialState(from: RandomStream(seed: 1))
    #expect(learner.adapted(state, to: episode.support, noise: RandomStream(seed: 3)).diagnostics(on: episode.query.inputs).isEmpty)
  }

  @Test func cosinesLieBetweenMinusOneAndOneAndAreLearnedFrom() throws {
    let learner = try learner("protonet", ["trainWay": .integer(3), "distance": .text("cosine")])
    let tasks = TrainingTasks(source: Self.source, order: RandomStream(seed: 2), noise: RandomStream(seed: 4))
    var state = learner.initialState(from: RandomStream(seed: 1))
    var losses: [Float] = []
    for iteration in 0..<60 {
      let (next, loss) = learner.updated(state, iteration: iteration, on: tasks)
      (state, losses) = (next, losses + [loss])
    }
    let logits = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 3))
      .predictions(for: episode.query.inputs)[0].elements
    #expect(logits.allSatisfy { abs($0) <= 1.00001 })
    let (early, late) = (losses.prefix(20).reduce(0, +), losses.suffix(20).reduce(0, +))
    #expect(late < early, "\(early) → \(late)")
  }
}
