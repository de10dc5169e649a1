import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

struct WarpGradTests {
  static let source = GaussianClasses(part: .train)
  static let noise = RandomStream(seed: 3)

  private func learner(
    _ name: String = "warp-grad", _ changes: [String: SettingValue] = [:],
    inputs: InputKind = source.inputKind, query: Int = 4
  ) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: false))
    let isImage = inputs != Self.source.inputKind
    settings.set("network", to: .text(isImage ? "conv" : "no-conv"))
    settings.set("filters", to: .integer(8))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: inputs, training: EpisodeShape(way: 3, shot: 2, query: query), metaBatch: 3,
        iterations: 10, trainingClasses: 20, batchNorm: .queryBatch))
  }

  private var episode: Episode {
    Self.source.episode(EpisodeShape(way: 3, shot: 2, query: 4), from: RandomStream(seed: 5))
  }

  private func state(_ learner: any Learner) -> LearnerState {
    learner.initialState(from: RandomStream(seed: 1))
  }

  private func gradient(_ learner: any Learner, _ parameters: [Tensor]? = nil, on episode: Episode? = nil)
    throws -> MetaBatch.Part
  {
    let parameters = parameters ?? state(learner).parameters
    let episode = episode ?? self.episode
    if let maml = learner as? MAML { return maml.metaGradient(parameters, on: [episode]) }
    return try #require(learner as? WarpGrad).metaGradient(parameters, on: episode, noise: Self.noise)
  }

  private func isWarp(_ learner: any Learner) -> [Bool] { learner.parameters.map(Warp.isOne) }

  private func expectClose(
    _ a: Tensor, _ b: Tensor, _ name: String = "", tolerance: Float = 1e-4,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let scale = b.elements.map(abs).max()! + 1e-6
    let worst = zip(a.elements, b.elements).map { abs($0 - $1) }.max()!
    #expect(worst <= tolerance * scale, "\(name): \(worst) of \(scale)", sourceLocation: sourceLocation)
  }

  private let tasks = TrainingTasks(
    source: WarpGradTests.source, order: RandomStream(seed: 6), noise: RandomStream(seed: 7))

  @Test func withoutWarpsItIsMAML() throws {
    let steps: [String: SettingValue] = ["innerSteps": .integer(2)]
    let maml = try learner("maml", steps)
    let warped = try learner("warp-grad", steps.merging(["warps": .text("none")]) { $1 })
    var states = [state(maml), state(warped)]
    for iteration in 0..<2 {
      states[0] = maml.updated(states[0], iteration: iteration, on: tasks).state
      states[1] = warped.updated(states[1], iteration: iteration, on: tasks).state
    }
    #expect(states[0].parameters.map(\.elements) == states[1].parameters.map(\.elements))
    let predictions = [maml, warped].enumerated().map { index, learner in
      learner.adapted(states[index], to: episode.support, noise: Self.noise)
        .predictions(for: episode.query.inputs).map(\.elements)
    }
    #expect(predictions[0] == predictions[1])
  }

  /// Vectors, images through strided convolutions, and images that are too large for those.
  @Test(arguments: [nil, 28, 32] as [Int?])
  func warpLayersBeginAsTheIdentity(side: Int?) throws {
    var episode = self.episode
    var inputs = Self.source.inputKind
    if let side {
      inputs = .images(channels: 1, height: side, width: side)
      var random = RandomStream(seed: 8).generator()
      func images(_ count: Int) -> Tensor {
        Tensor([count, side, side, 1]) { out in
          for index in out.indices { out[index] = Float(random.uniform()) }
        }
      }
      episode = Episode(
        support: Examples(inputs: images(6), targets: episode.support.targets),
        query: Examples(inputs: images(12), targets: episode.query.targets))
    }
    let steps: [String: SettingValue] = ["innerSteps": .integer(2), "innerRate": .number(0.1)]
    let maml = try learner("maml", steps, inputs: inputs)
    let warped = try learner("warp-grad", steps, inputs: inputs)
    let (a, b) = (
      try gradient(maml, on: episode), try gradient(warped, on: episode)
    )
    let tasks = zip(b.gradient, isWarp(warped)).filter { !$1 }.map(\.0)
    let names = maml.parameters.map(\.name)
    #expect(tasks.count == names.count && tasks.count < warped.parameters.count)
    for (place, name) in names.enumerated() { expectClose(tasks[place], a.gradient[place], name) }
    #expect(abs(a.loss - b.loss) < 1e-5 * a.loss)
  }

  @Test func afterOneStepTheGradientOfWarpsIsMAMLs() throws {
    let settings: [String: SettingValue] = ["innerSteps": .integer(1), "innerRate": .number(0.1)]
    let together = try gradient(try learner("warp-grad", settings))
    let trajectory = try learner(
      "warp-grad", settings.merging(["initialization": .text("reptile")]) { $1 })
    let alone = try gradient(trajectory)
    for (place, isWarp) in isWarp(trajectory).enumerated() where isWarp {
      expectClose(alone.gradient[place], together.gradient[place])
    }
  }

  @Test func gradientsOfWarpsAreDerivativesOfTheLookAhead() throws {
    let learner = try learner("warp-grad", ["innerRate": .number(0.1)])
    let start = state(learner).parameters
    let g = try gradient(learner).gradient
    let warps = isWarp(learner)
    let length = zip(g, warps).filter(\.1).reduce(Float(0)) { $0 + $1.0.squared().sum().scalar }
      .squareRoot()
    func loss(_ ε: Float) throws -> Float {
      let moved = start.indices.map { warps[$0] ? start[$0].adding(g[$0], scaledBy: ε / length) : start[$0] }
      return try gradient(learner, moved).loss
    }
    let slopes = try [2e-2, 5e-3, 1e-3].map { (ε: Float) in (try loss(ε) - loss(-ε)) / (2 * ε) }
    #expect(slopes.contains { abs($0 - length) < 0.02 * length }, "\(slopes) for \(length)")
  }

  @Test func longTrajectoriesAreMadeOfSingleSteps() throws {
    func reptile(_ steps: Int) throws -> any Learner {
      try learner(
        "warp-grad",
        ["initialization": .text("reptile"), "innerSteps": .integer(steps), "innerRate": .number(0.1)])
    }
    let (one, two) = (try reptile(1), try reptile(2))
    let start = state(one).parameters
    let first = try gradient(one, start).gradient
    let warps = isWarp(one)
    let moved = start.indices.map { warps[$0] ? start[$0] : start[$0] - first[$0] }
    let second = try gradient(one, moved).gradient
    let both = try gradient(two, start).gradient
    for place in start.indices {
      let sum = first[place] + second[place]
      expectClose(both[place], warps[place] ? sum * 0.5 : sum, one.parameters[place].name)
    }
  }

  @Test func withoutWarpsItIsReptileByGradientDescent() throws {
    let common: [String: SettingValue] = [
      "innerSteps": .integer(3), "innerRate": .number(0.1), "innerBatch": .integer(4),
      "metaStep": .number(0.5),
    ]
    let reptile = try learner(
      "reptile", common.merging(["optimizer": .text("sgd"), "trainShot": .integer(2)]) { $1 }, query: 1)
    let warped = try learner(
      "warp-grad", common.merging(["warps": .text("none"), "initialization": .text("reptile")]) { $1 },
      query: 1)
    let a = reptile.updated(state(reptile), iteration: 0, on: tasks).state
    let b = warped.updated(state(warped), iteration: 0, on: tasks).state
    for (a, b) in zip(a.parameters, b.parameters) { expectClose(b, a, tolerance: 1e-5) }
  }

  /// Leap's direction is the slope of the length of a step in parameters and loss, its end held fixed.
  @Test func leapShortensSteps() throws {
    let leap = try learner(
      "warp-grad",
      [
        "initialization": .text("leap"), "warps": .text("none"), "innerSteps": .integer(1),
        "innerRate": .number(0.1),
      ])
    let reptile = try learner(
      "warp-grad",
      [
        "initialization": .text("reptile"), "warps": .text("none"), "innerSteps": .integer(1),
        "innerRate": .number(0.1),
      ])
    let start = state(leap).parameters
    let g = try gradient(leap).gradient
    let end = zip(start, try gradient(reptile).gradient).map { $0 - $1 }
    func squares(_ tensors: [Tensor]) -> Float { tensors.reduce(0) { $0 + $1.squared().sum().scalar } }
    func loss(_ θ: [Tensor]) throws -> Float { try gradient(reptile, θ).loss }
    let fixed = try loss(end)
    #expect(try fixed < loss(start))
    func length(_ θ: [Tensor]) throws -> Float {
      let Δf = try fixed - loss(θ)
      return (squares(zip(end, θ).map { $0 - $1 }) + Δf * Δf).squareRoot()
    }
    let norm = squares(g).squareRoot()
    let ε: Float = 2e-3
    let slope = try
      (length(zip(start, g).map { $0.adding($1, scaledBy: ε / norm) })
      - length(zip(start, g).map { $0.adding($1, scaledBy: -ε / norm) })) / (2 * ε)
    #expect(abs(slope - norm) < 0.02 * norm, "\(slope) for \(norm)")
  }
}
