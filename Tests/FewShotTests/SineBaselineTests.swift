import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// The baselines of MAML's sine figure that no other dataset has.
struct SineBaselineTests {
  private func learner(
    _ name: String, _ changes: [String: SettingValue], metaBatch: Int = 4, contextWidth: Int = 2
  ) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: true))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: .vectors(1), training: EpisodeShape(way: 1, shot: 5, query: 5), metaBatch: metaBatch,
        iterations: 3, trainingClasses: nil, batchNorm: .queryBatch, contextWidth: contextWidth))
  }

  private let tasks = TrainingTasks(
    source: SinusoidTasks(), order: RandomStream(seed: 2), noise: RandomStream(seed: 3))

  private func trained(_ learner: any Learner, iterations: Int = 1, on tasks: TrainingTasks? = nil)
    -> (state: LearnerState, losses: [Float])
  {
    let tasks = tasks ?? self.tasks
    var state = learner.initialState(from: RandomStream(seed: 1))
    var losses: [Float] = []
    for iteration in 0..<iterations {
      let next = learner.updated(state, iteration: iteration, on: tasks)
      state = next.state
      losses.append(next.loss)
    }
    return (state, losses)
  }

  @Test func averagedRegressorsAreThoseOfEachTaskAlone() throws {
    let settings: [String: SettingValue] = ["regressorSteps": .integer(20)]
    let together = trained(try learner("multi-task", settings))
    // One task of the meta-batch at a time: the same addresses, and a mean over the same four.
    let network = MLP(widths: [1, 40, 40, 1])
    var sums = network.parameters.map { Tensor.zeros($0.shape) }
    for index in 0..<4 {
      let points = tasks.episode(
        EpisodeShape(way: 1, shot: 100, query: 1), iteration: 0, index: index).support
      let start = network.initialParameters(
        from: tasks.noise(iteration: 0, index: index).child("weights"))
      sums = zip(sums, regressor(network, from: start, on: points, steps: 20)).map { $0 + $1 }
    }
    for (mean, sum) in zip(together.state.parameters, sums) {
      for (a, b) in zip(mean.elements, sum.elements) { #expect(abs(a - b / 4) < 1e-5) }
    }
  }

  /// Adam as the paper writes it, for one network.
  private func regressor(_ network: MLP, from start: [Tensor], on points: Examples, steps: Int) -> [Tensor] {
    guard case .values(let values) = points.targets else { return [] }
    var φ = start
    var m = start.map { Tensor.zeros($0.shape) }
    var v = m
    for step in 1...steps {
      let g = Tape.recording { tape in
        let variables = tape.variables(φ)
        let error = network(variables, points.inputs).output - values
        return gradient(of: error.squared().mean(), at: variables).map(\.detached)
      }
      var (bias1, bias2): (Float, Float) = (1, 1)
      for _ in 0..<step { (bias1, bias2) = (bias1 * 0.9, bias2 * 0.999) }
      for place in φ.indices {
        m[place] = m[place] * 0.9 + g[place] * 0.1
        v[place] = v[place] * 0.999 + g[place].squared() * 0.001
        let direction = (m[place] / (1 - bias1)) / ((v[place] / (1 - bias2)).squareRoot() + 1e-8)
        φ[place] = φ[place] - direction * 0.005
      }
    }
    return φ
  }

  @Test func theSpreadOfAnswersTellsAConstantFromAWave() throws {
    let learner = try learner("multi-task", ["rate": .number(0), "steps": .integer(1)])
    let episode = SinusoidTasks().episode(
      EpisodeShape(way: 1, shot: 5, query: 3), from: RandomStream(seed: 9))
    let queries = Tensor([3, 1], [1, 2, 6])
    func spread(slope: Float) throws -> [Double] {
      var state = learner.initialState(from: RandomStream(seed: 1))
      for (place, θ) in state.parameters.enumerated() { state.parameters[place] = .zeros(θ.shape) }
      // One unit of each layer lets its input through; the answer is slope · x + 2.
      func one(_ shape: Shape, _ value: Float) -> Tensor {
        Tensor(shape, (0..<shape.count).map { $0 == 0 ? value : 0 })
      }
      for (place, value) in [(0, slope), (2, 1), (4, 1), (5, 2)] {
        state.parameters[place] = one(state.parameters[place].shape, value)
      }
      let diagnostics = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 4))
        .diagnostics(on: queries)
      return try #require(diagnostics.first { $0.name == "answer-spread" }).values
    }
    #expect(try spread(slope: 0) == [0, 0])
    // Of 1, 2 and 6 the variance is 14/3.
    #expect(try spread(slope: 3).allSatisfy { abs($0 - 3 * (14.0 / 3).squareRoot()) < 1e-5 })
  }

  @Test func theMeanIsOverAllRegressorsSoFar() throws {
    let settings: [String: SettingValue] = ["regressorSteps": .integer(5)]
    let learner = try learner("multi-task", settings)
    let first = learner.updated(
      learner.initialState(from: RandomStream(seed: 1)), iteration: 0, on: tasks).state
    let both = trained(learner, iterations: 2).state
    // What the second meta-batch adds, from a state that is all zeros.
    var zeros = first
    zeros.parameters = zeros.parameters.map { .zeros($0.shape) }
    let second = learner.updated(zeros, iteration: 1, on: tasks).state
    for place in first.parameters.indices {
      let (a, b, c) = (first.parameters[place].elements, second.parameters[place].elements, both.parameters[place].elements)
      for index in c.indices { #expect(abs(c[index] - (a[index] / 2 + b[index])) < 1e-6) }
    }
  }

  @Test func regularizedRegressorsStayWhereTheyAreHeld() throws {
    func distance(_ state: LearnerState, from centre: LearnerState? = nil) -> Float {
      zip(state.parameters, centre?.parameters ?? state.parameters.map { .zeros($0.shape) }).reduce(0) {
        $0 + ($1.0 - $1.1).squared().sum().scalar
      }
    }
    func state(_ regularization: String, iterations: Int) throws -> LearnerState {
      trained(
        try learner(
          "multi-task",
          [
            "regularization": .text(regularization), "strength": .number(3), "regressorSteps": .integer(100),
          ], metaBatch: 1), iterations: iterations
      ).state
    }
    // The first regressor has no mean to be held to; zero holds from the first on.
    let free = try state("none", iterations: 1).parameters.map(\.elements)
    #expect(try state("mean", iterations: 1).parameters.map(\.elements) == free)
    #expect(try distance(state("l2", iterations: 1)) < 0.5 * distance(state("none", iterations: 1)))
    let first = try state("none", iterations: 1)
    #expect(
      try distance(state("mean", iterations: 2), from: first)
        < 0.5 * distance(state("none", iterations: 2), from: first))
  }

  @Test(arguments: SinusoidTasks.Variety.allCases)
  func anOracleKnowsItsTaskWithoutPoints(_ variety: SinusoidTasks.Variety) throws {
    let source = SinusoidTasks(variety)
    let learner = try learner(
      "oracle", ["pretrainRate": .number(0.005)], contextWidth: source.contextWidth)
    let (state, _) = trained(
      learner, iterations: 3000,
      on: TrainingTasks(source: source, order: RandomStream(seed: 2), noise: RandomStream(seed: 3)))
    let scores = (0..<40).map { index -> Double in
      let episode = source.episode(
        EpisodeShape(way: 1, shot: 5, query: 50), from: RandomStream(seed: 9).child("", index))
      let predictions = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 4))
        .predictions(for: episode.query.inputs)
      #expect(predictions.count == 11)
      return episode.query.targets.score(predictions[0])
    }
    #expect(scores.reduce(0, +) / 40 < 0.5)
  }

  @Test func contextIsOfEveryPointAndNoPartOfTheDigest() throws {
    let episode = SinusoidTasks().episode(
      EpisodeShape(way: 1, shot: 3, query: 2), from: RandomStream(seed: 5))
    let context = try #require(episode.support.context)
    #expect(context.shape == [3, 2])
    #expect(context.slice(0, 0..<1).elements == context.slice(0, 2..<3).elements)
    #expect(episode.support.picked([2, 0]).context?.shape == [2, 2])
    let bare = Episode(
      support: Examples(inputs: episode.support.inputs, targets: episode.support.targets),
      query: Examples(inputs: episode.query.inputs, targets: episode.query.targets))
    #expect(bare.digest == episode.digest)
  }
}
