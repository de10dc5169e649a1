import Episodes
import FewShot
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// What the gradient-based systems have in common with each other where their differences vanish.
struct IdentityTests {
  /// A system on sine waves (points) or on Gaussian classes, a few tasks of it, and its untrained state.
  private struct Trial {
    let learner: any Learner
    var state: LearnerState
    let episodes: [Episode]
    let noise: [RandomStream]

    init(
      _ name: String, _ changes: [String: SettingValue] = [:], isRegression: Bool = true, ways: Int = 3,
      batchNorm: BatchNormPolicy = .queryBatch
    ) throws {
      let description = try #require(AlgorithmRegistry.named(name))
      var settings = Settings(description.settings(isRegression: isRegression))
      if !isRegression { settings.set("network", to: .text("no-conv")) }
      for (name, value) in changes { settings.set(name, to: value) }
      let source: any EpisodeSource =
        isRegression ? SinusoidTasks() : GaussianClasses(part: .train)
      let shape = EpisodeShape(way: isRegression ? 1 : ways, shot: isRegression ? 10 : 2, query: 4)
      learner = try description.learner(
        settings,
        for: Problem(
          inputKind: source.inputKind, training: shape, metaBatch: 4, iterations: 10,
          trainingClasses: source.classCount, batchNorm: batchNorm))
      let untrained = learner.initialState(from: RandomStream(seed: 1))
      state = untrained.enlarging(learner.parameters.map(\.name))
      episodes = (0..<4).map { source.episode(shape, from: RandomStream(seed: 2).child("", $0)) }
      noise = (0..<4).map { RandomStream(seed: 3).child("", $0) }
    }

    /// Loss and meta-gradients by the names of parameters, tasks side by side.
    func metaGradient(_ parameters: [Tensor]? = nil, iteration: Int = 0) throws -> (loss: Float, of: [String: [Float]]) {
      let maml = try #require(learner as? MAML)
      let isStacked = episodes[0].support.isRegression
      let parts = (isStacked ? [Array(episodes.indices)] : episodes.indices.map { [$0] }).map { tasks in
        maml.metaGradient(
          parameters ?? state.parameters, on: tasks.map { episodes[$0] },
          noise: tasks.map { noise[$0] }, iteration: iteration)
      }
      let sums = parts[0].gradient.indices.map { place in
        parts.dropFirst().reduce(parts[0].gradient[place]) { $0 + $1.gradient[place] }
      }
      return (
        parts.reduce(0) { $0 + $1.loss },
        Dictionary(uniqueKeysWithValues: zip(learner.parameters.map(\.name), sums.map(\.elements)))
      )
    }

    /// So near to each other that prototypes do not classify the support set with certainty yet.
    mutating func bringEmbeddingsTogether() {
      for (place, parameter) in learner.parameters.enumerated() where parameter.name == "layer1/scale" {
        state.parameters[place] = state.parameters[place] * 0.1
      }
    }

    func predictions() -> [[Float]] {
      learner.adapted(state, to: episodes[0].support, noise: noise[0])
        .predictions(for: episodes[0].query.inputs).map(\.elements)
    }
  }

  private func expectEqual(
    _ a: [String: [Float]], _ b: [String: [Float]], tolerance: Float = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (name, expected) in b {
      let found = try #require(a[name], "\(name)", sourceLocation: sourceLocation)
      let scale = expected.map(abs).max()! + 1e-6
      let worst = zip(found, expected).map { abs($0 - $1) }.max()!
      #expect(worst <= tolerance * scale, "\(name): \(worst) of \(scale)", sourceLocation: sourceLocation)
    }
  }

  @Test(
    arguments: [
      ("meta-sgd", ["lowestRate": SettingValue.number(0.01), "highestRate": .number(0.01)]),
      ("meta-curvature", [:]), ("meta-curvature", ["modes": .text("outputs")]), ("t-net", [:]),
      ("maml", ["learnedRates": .flag(true)]),
    ], [true, false])
  func anInnerRuleThatBeginsAsDescentIsMAML(
    _ relative: (String, [String: SettingValue]), isRegression: Bool
  ) throws {
    let common: [String: SettingValue] = ["innerSteps": .integer(2)]
    let rate: [String: SettingValue] = relative.0 == "meta-sgd" ? [:] : ["innerRate": .number(0.01)]
    let maml = try Trial(
      "maml", common.merging(["innerRate": .number(0.01)]) { $1 }, isRegression: isRegression)
    let other = try Trial(
      relative.0, common.merging(relative.1) { $1 }.merging(rate) { $1 }, isRegression: isRegression)
    let (a, b) = (try other.metaGradient(), try maml.metaGradient())
    #expect(abs(a.loss - b.loss) <= 1e-5 * abs(b.loss))
    try expectEqual(a.of, b.of)
  }

  /// What MAML's authors minimize is N times the mean of a support set of N classes.
  @Test(arguments: ["maml", "fomaml", "meta-curvature", "t-net", "mt-net", "anil", "proto-maml", "warp-grad"])
  func aClassSumIsTheMeanWithAnInnerRateThatIsWayTimesAsLarge(_ name: String) throws {
    func trial(_ reduction: String, rate: Double) throws -> Trial {
      var trial = try Trial(
        name,
        [
          "lossReduction": .text(reduction), "innerRate": .number(rate), "innerSteps": .integer(1),
          "testSteps": .integer(2),
        ], isRegression: false)
      if name == "proto-maml" { trial.bringEmbeddingsTogether() }
      return trial
    }
    let (sum, mean, small) = (
      try trial("class-sum", rate: 0.02), try trial("mean", rate: 0.06), try trial("mean", rate: 0.02)
    )
    let (a, b) = (sum.predictions(), mean.predictions())
    #expect(a[0] == b[0])
    for step in 1...2 {
      let size = b[step].map(abs).max()!
      #expect(zip(a[step], b[step]).allSatisfy { abs($0 - $1) < 1e-4 * size })
      #expect(a[step] != small.predictions()[step])
    }
    guard name != "warp-grad" else { return }
    // The sum over 12 queries, divided by 2 shots.
    let (g, h) = (try sum.metaGradient(), try mean.metaGradient())
    #expect(abs(g.loss - 6 * h.loss) < 1e-4 * g.loss)
    try expectEqual(g.of, h.of.mapValues { $0.map { 6 * $0 } }, tolerance: 1e-3)
  }

  @Test func withoutInnerStepSizeMAMLIsTheJointGradient() throws {
    let maml = try Trial("maml", ["innerRate": .number(0)])
    let network = MLP(widths: [1, 40, 40, 1])
    var joint: [String: [Float]] = [:]
    for episode in maml.episodes {
      guard case .values(let values) = episode.query.targets else { continue }
      let gradients = Tape.recording { tape in
        let θ = tape.variables(maml.state.parameters)
        let error = network(θ, episode.query.inputs).output - values
        return gradient(of: error.squared().mean(), at: θ).map(\.elements)
      }
      for (parameter, g) in zip(network.parameters, gradients) {
        joint[parameter.name] = zip(joint[parameter.name] ?? g.map { _ in 0 }, g).map { $0 + $1 }
      }
    }
    try expectEqual(try maml.metaGradient().of, joint)
  }

  /// y = √(θ x): with targets of 0 the squared error is θ x itself, so its Hessian vanishes.
  private struct Root: Network {
    var parameters: [ParameterDescription] { [.init(name: "root/weight", shape: [1, 1])] }
    var normalizedWidths: [Int] { [] }
    var outputWidth: Int { 1 }
    func initialParameters(from random: RandomStream) -> [Tensor] { [Tensor([1, 1], [2])] }
    func callAsFunction(_ parameters: [Tensor], _ inputs: Tensor, normalization: Normalization)
      -> Activations
    {
      Activations(output: inputs.product(parameters[0]).squareRoot(), moments: [])
    }
  }

  @Test func whereTheInnerLossIsLinearMAMLIsFirstOrder() {
    let x = Tensor([3, 1], [1, 2, 4])
    let episode = Episode(
      support: Examples(inputs: x, targets: .values(.zeros([3, 1]))),
      query: Examples(inputs: x, targets: .values(Tensor([3, 1], [3, 1, 2]))))
    let gradients = [false, true].map { isFirstOrder in
      MAML(
        network: Root(), innerRate: 0.1, innerSteps: 3, isFirstOrder: isFirstOrder,
        problem: Problem(
          inputKind: .vectors(1), training: EpisodeShape(way: 1, shot: 3, query: 3), metaBatch: 1,
          iterations: 1, trainingClasses: nil, batchNorm: .queryBatch)
      ).metaGradient([Tensor([1, 1], [2])], on: [episode]).gradient[0].scalar
    }
    #expect(abs(gradients[0] - gradients[1]) < 1e-5 * abs(gradients[1]))
    #expect(gradients[1] != 0)
  }

  @Test func protoMAMLBeginsAsAPrototypicalNetwork() throws {
    let proto = try Trial("proto-maml", isRegression: false)
    let protoNet = try Trial("protonet", isRegression: false)
    #expect(proto.state.parameters.map(\.elements) == protoNet.state.parameters.map(\.elements))
    let (a, b) = (proto.predictions()[0], protoNet.predictions()[0])
    for query in 0..<a.count / 3 {
      let differences = (0..<3).map { a[3 * query + $0] - b[3 * query + $0] }
      let scale = b[3 * query..<3 * query + 3].map(abs).max()!
      #expect(differences.allSatisfy { abs($0 - differences[0]) < 1e-5 * scale })
    }
  }

  @Test func withoutABodyANILIsMAML() throws {
    let shape = EpisodeShape(way: 3, shot: 2, query: 4)
    let problem = Problem(
      inputKind: .vectors(8), training: shape, metaBatch: 1, iterations: 1, trainingClasses: 20,
      batchNorm: .queryBatch)
    let source = GaussianClasses(part: .train)
    let episode = source.episode(shape, from: RandomStream(seed: 4))
    let head = LinearLayer(inputs: episode.support.inputs.shape[1], outputs: 3)
    let parameters = head.initialParameters(from: RandomStream(seed: 5))
    func gradient(_ features: (any Network)?) -> [[Float]] {
      MAML(
        network: head, innerRate: 0.1, innerSteps: 2, isFirstOrder: false, features: features,
        problem: problem
      ).metaGradient(parameters, on: [episode]).gradient.map(\.elements)
    }
    #expect(gradient(MLP(widths: [head.inputs])) == gradient(nil))
  }

  @Test func oneStepOfReptileIsJointTraining() throws {
    let reptile = try Trial(
      "reptile",
      [
        "innerSteps": .integer(1), "optimizer": .text("sgd"), "innerRate": .number(0.01),
        "trainShot": .integer(10), "innerBatch": .integer(10), "metaStep": .number(0.5),
      ])
    let tasks = TrainingTasks(
      source: SinusoidTasks(), order: RandomStream(seed: 6), noise: RandomStream(seed: 7))
    let next = reptile.learner.updated(reptile.state, iteration: 0, on: tasks).state
    let network = MLP(widths: [1, 40, 40, 1])
    let shape = EpisodeShape(way: 1, shot: 10, query: 1)
    let gradients = (0..<4).map { task in
      let support = tasks.episode(shape, iteration: 0, index: task).support
      guard case .values(let values) = support.targets else { return [[Float]]() }
      return Tape.recording { tape in
        let θ = tape.variables(reptile.state.parameters)
        let error = network(θ, support.inputs).output - values
        return gradient(of: error.squared().mean(), at: θ).map(\.elements)
      }
    }
    for place in network.parameters.indices {
      let (old, new) = (reptile.state.parameters[place].elements, next.parameters[place].elements)
      for element in old.indices {
        let joint = gradients.reduce(0) { $0 + $1[place][element] } / 4
        // ε α ∇, within the rounding of θ.
        #expect(abs(new[element] - (old[element] - 0.5 * 0.01 * joint)) < 1e-5 * (1 + abs(old[element])))
      }
    }
  }

  @Test func skippedStepsOfReptileAreTakenOffItsMove() throws {
    func moves(_ steps: Int, skipped: Int) throws -> [Float] {
      let reptile = try Trial(
        "reptile",
        [
          "innerSteps": .integer(steps), "skippedSteps": .integer(skipped), "optimizer": .text("sgd"),
          "innerRate": .number(0.1), "innerBatch": .integer(4),
        ])
      let tasks = TrainingTasks(
        source: SinusoidTasks(), order: RandomStream(seed: 6), noise: RandomStream(seed: 7))
      let next = reptile.learner.updated(reptile.state, iteration: 0, on: tasks).state
      return zip(next.parameters, reptile.state.parameters).flatMap { ($0 - $1).elements }
    }
    let (one, three, last) = (try moves(1, skipped: 0), try moves(3, skipped: 0), try moves(3, skipped: 1))
    #expect(last.map(abs).max()! > 1e-3)
    for (place, move) in last.enumerated() { #expect(abs(move - (three[place] - one[place])) < 1e-5) }
    #expect(throws: AlgorithmError.self) { try moves(2, skipped: 2) }
  }

  @Test(arguments: [true, false])
  func fromScratchAdaptsAsMAMLDoesBeforeTraining(_ isRegression: Bool) throws {
    let scratch = try Trial(
      "from-scratch", ["rate": .number(0.05), "steps": .integer(3)], isRegression: isRegression)
    let maml = try Trial(
      "maml", ["innerRate": .number(0.05), "testSteps": .integer(3)], isRegression: isRegression)
    #expect(scratch.predictions() == maml.predictions())
    #expect(!scratch.learner.isTrained)
  }

  /// Behind a last layer of zeros nothing flows to the body in the first step.
  @Test(arguments: BatchNormPolicy.allCases)
  func theFirstStepOfFineTuningIsTheSameForAllLayersAndForTheLast(_ policy: BatchNormPolicy) throws {
    func predictions(_ layers: String) throws -> [[Float]] {
      try Trial(
        "fine-tuning", ["layers": .text(layers), "steps": .integer(2)], isRegression: false,
        batchNorm: policy
      ).predictions()
    }
    let (all, head) = (try predictions("all"), try predictions("head"))
    #expect(all[0].allSatisfy { $0 == 0 })
    #expect(zip(all[1], head[1]).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(zip(all[2], head[2]).contains { abs($0 - $1) > 1e-3 })
  }

  /// Each step is half as long as the one before.
  @Test func stepsOfGradientDescentMayDecay() {
    let rule = GradientDescent(rate: 0.4, decay: 0.5)
    let moved = (0..<3).map { index in
      rule.moved([Tensor(1)], against: [Tensor(2)], with: [], at: InnerStep(index: index, noise: []))[0].scalar
    }
    let expected: [Float] = [1 - 0.8, 1 - 0.4, 1 - 0.2]
    for (found, wanted) in zip(moved, expected) { #expect(abs(found - wanted) < 1e-6) }
  }

  @Test func aDistanceScaleOfAQuarterHalvesDistances() throws {
    func logits(_ scale: Double) throws -> [Float] {
      try Trial("protonet", ["distanceScale": .number(scale)], isRegression: false).predictions()[0]
    }
    #expect(try logits(0.25) == logits(1).map { $0 / 4 })
  }

  @Test func aWarpBeforeALinearModelPreconditionsItsSteps() throws {
    func step(_ warp: [Float]?) throws -> [Float] {
      let network = LinearLayer(inputs: 2, outputs: 1, hasWarp: warp != nil)
      let x = Tensor([3, 2], [1, 2, -1, 0.5, 0.3, -2])
      let y = Tensor([3, 1], [1, -1, 2])
      let all = [Tensor([2, 1], [0, 0]), Tensor([1], [0])] + (warp.map { [Tensor([2, 2], $0)] } ?? [])
      return Tape.recording { tape in
        let θ = tape.variables(all)
        let loss = (network(θ, x, normalization: .batch).output - y).squared().mean()
        let g = gradient(of: loss, at: [θ[0]])[0].detached
        // The weights that the inputs see after a step of 1.
        return (warp.map { Tensor([2, 2], $0).product(g) } ?? g).elements.map { -$0 }
      }
    }
    let (plain, same) = (try step(nil), try step([1, 0, 0, 1]))
    #expect(plain == same)
    // T Tᵀ = [[5, 6], [6, 9]] for T = [[1, 2], [0, 3]].
    let warped = try step([1, 2, 0, 3])
    #expect(abs(warped[0] - (5 * plain[0] + 6 * plain[1])) < 1e-4)
    #expect(abs(warped[1] - (6 * plain[0] + 9 * plain[1])) < 1e-4)
  }

  /// The meta-gradient along its own direction, and along its part for what a rule learns, against
  /// central differences of the query loss.
  @Test(
    arguments: [
      ("maml", [:]), ("maml", ["learnedRates": SettingValue.flag(true)]),
      ("maml", ["multiStepLoss": .integer(5)]), ("maml", ["lossReduction": .text("class-sum")]),
      ("meta-sgd", [:]), ("meta-curvature", [:]), ("t-net", [:]), ("anil", [:]),
    ], [true, false])
  func metaGradientsAreDerivativesOfTheQueryLoss(
    _ system: (String, [String: SettingValue]), isRegression: Bool
  ) throws {
    guard !(isRegression && system.1["lossReduction"] != nil) else { return }
    var settings = system.1.merging(["innerSteps": .integer(2)]) { $1 }
    if system.0 != "meta-sgd" { settings["innerRate"] = .number(0.02) }
    let trial = try Trial(system.0, settings, isRegression: isRegression)
    let learned = trial.learner.parameters
    let g = try trial.metaGradient().of
    let ofRule = learned.map(\.name).filter { name in
      ["rate/", "curvature/"].contains { name.hasPrefix($0) } || name.hasSuffix("/transform")
    }
    for names in [learned.map(\.name), ofRule] where !names.isEmpty {
      let length = names.flatMap { g[$0]! }.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      let direction = learned.map { parameter in
        names.contains(parameter.name)
          ? Tensor(parameter.shape, g[parameter.name]!.map { $0 / Float(length) })
          : Tensor.zeros(parameter.shape)
      }
      func loss(_ ε: Float) throws -> Double {
        let moved = zip(trial.state.parameters, direction).map { $0.adding($1, scaledBy: ε) }
        return Double(try trial.metaGradient(moved).loss)
      }
      // Too far apart there are kinks of ReLU between the two, too near they are rounded alike.
      let slopes = try [2e-3, 2e-4, 5e-5].map { (ε: Float) in
        (try loss(ε) - loss(-ε)) / Double(2 * ε)
      }
      #expect(slopes.contains { abs($0 - length) < 0.02 * length }, "\(slopes) for \(length)")
    }
  }

  /// A rule must not mix tasks: several side by side are as each alone.
  @Test(
    arguments: [
      ("maml", ["learnedRates": SettingValue.flag(true)]), ("meta-sgd", [:]),
      ("meta-curvature", [:]), ("meta-curvature", ["modes": .text("outputs")]), ("t-net", [:]),
      ("mt-net", [:]), ("anil", [:]),
    ])
  func tasksSideBySideAreAsEachAlone(_ system: (String, [String: SettingValue])) throws {
    let trial = try Trial(system.0, system.1.merging(["innerSteps": .integer(2)]) { $1 })
    let maml = try #require(trial.learner as? MAML)
    // Away from where every rule begins, which is the same for all tasks.
    var random = RandomStream(seed: 9).generator()
    let parameters = trial.state.parameters.map { parameter in
      parameter + Tensor(parameter.shape, (0..<parameter.count).map { _ in Float(0.05 * random.normal()) })
    }
    let together = maml.metaGradient(parameters, on: trial.episodes, noise: trial.noise)
    let apart = trial.episodes.indices.map {
      maml.metaGradient(parameters, on: [trial.episodes[$0]], noise: [trial.noise[$0]])
    }
    for (place, parameter) in trial.learner.parameters.enumerated() {
      let sum = apart.dropFirst().reduce(apart[0].gradient[place]) { $0 + $1.gradient[place] }.elements
      let worst = zip(together.gradient[place].elements, sum).map { abs($0 - $1) }.max()!
      #expect(worst <= 1e-4 * (sum.map(abs).max()! + 1e-6), "\(parameter.name): \(worst)")
    }
  }

  @Test(arguments: [true, false])
  func protoMAMLTakesTheSameStepsInTrainingAndAtTest(isFirstOrder: Bool) throws {
    var trial = try Trial(
      "proto-maml",
      ["firstOrder": .flag(isFirstOrder), "innerRate": .number(0.4), "testSteps": .integer(1)],
      isRegression: false)
    trial.bringEmbeddingsTogether()
    let state = trial.state
    let episode = trial.episodes[0]
    let maml = try #require(trial.learner as? MAML)
    let trained = maml.metaGradient(state.parameters, on: [episode]).loss
    let logits = trial.learner.adapted(state, to: episode.support, noise: trial.noise[0])
      .predictions(for: episode.query.inputs)
    guard case .classes(let labels, _) = episode.query.targets else { return }
    #expect(abs(trained - logits[1].crossEntropy(labels).scalar) < 1e-5)
    #expect(abs(trained - logits[0].crossEntropy(labels).scalar) > 1e-3)
  }

  /// Whatever was learned there, the last layer begins at zero, and is not learned.
  @Test(arguments: ["maml", "fomaml"])
  func aZeroHeadIsMAMLFromALastLayerOfZeros(_ name: String) throws {
    let steps: [String: SettingValue] = ["innerSteps": .integer(2), "testSteps": .integer(2)]
    let maml = try Trial(name, steps, isRegression: false)
    let zero = try Trial(name, steps.merging(["zeroHead": .flag(true)]) { $1 }, isRegression: false)
    let isOfHead = maml.learner.parameters.map { $0.layer == maml.learner.parameters.last!.layer }
    let zeroed = zip(maml.state.parameters, isOfHead).map { $1 ? Tensor.zeros($0.shape) : $0 }
    var expected = try maml.metaGradient(zeroed).of
    let found = try zero.metaGradient().of
    for (parameter, isOfHead) in zip(maml.learner.parameters, isOfHead) where isOfHead {
      expected[parameter.name] = nil
      #expect(try #require(found[parameter.name]).allSatisfy { $0 == 0 })
    }
    try expectEqual(found, expected)
    #expect(zero.predictions()[0].allSatisfy { $0 == 0 })
    #expect(zero.predictions()[2] != maml.predictions()[2])
  }

  @Test(arguments: ["learnedRates", "stepNorms"])
  func frozenLayersStayAsTheyAreUnderEveryRule(_ remedy: String) throws {
    func predictions(freezing layers: Int) throws -> [[Float]] {
      try Trial(
        "maml", [remedy: .flag(true), "freeze": .integer(layers), "testSteps": .integer(2)],
        isRegression: false
      ).predictions()
    }
    let (free, body, all) = (
      try predictions(freezing: 0), try predictions(freezing: 2), try predictions(freezing: 3)
    )
    #expect(free[0] == all[0] && body[0] == all[0])
    #expect(all[2] == all[0] && body[2] != all[2] && free[2] != body[2])
  }

  @Test func theMultiStepLossBeginsAsTheMeanOverStepsAndEndsAsTheLast() throws {
    let losses = try [1, 2].map { steps in
      try Trial("maml", ["innerSteps": .integer(steps)]).metaGradient().loss
    }
    let trial = try Trial("maml", ["innerSteps": .integer(2), "multiStepLoss": .integer(8)])
    #expect(abs(try trial.metaGradient().loss - (losses[0] + losses[1]) / 2) < 1e-5 * losses[0])
    #expect(abs(try trial.metaGradient(iteration: 4).loss - (0.25 * losses[0] + 0.75 * losses[1])) < 1e-5 * losses[0])
    #expect(try trial.metaGradient(iteration: 8).loss == losses[1])
  }

  @Test func normsOfAStepAreLearnedAndNotAdapted() throws {
    let trial = try Trial(
      "maml", ["stepNorms": .flag(true), "testSteps": .integer(2)], isRegression: false)
    var state = trial.state
    for (place, parameter) in trial.learner.parameters.enumerated()
    where parameter.name.hasPrefix("step1/layer1") {
      state.parameters[place] = .zeros(parameter.shape)
    }
    // The last hidden layer's features vanish: every query gets the last layer's bias.
    let logits = trial.learner.adapted(state, to: trial.episodes[0].support, noise: trial.noise[0])
      .predictions(for: trial.episodes[0].query.inputs).map(\.elements)
    for step in 1...2 {
      #expect(Set(logits[step].indices.filter { $0 % 3 == 0 }.map { logits[step][$0] }).count == 1)
    }
    #expect(Set(logits[0]).count > 3)
  }

  @Test func masksAreDrawnOnceForATaskAndMoveHalfOfTheOutputs() throws {
    let masked = try Trial("mt-net", ["innerRate": .number(0.01), "testSteps": .integer(3)])
    let plain = try Trial("t-net", ["innerRate": .number(0.01), "testSteps": .integer(3)])
    #expect(masked.predictions()[0] == plain.predictions()[0])
    #expect(masked.predictions()[3] != plain.predictions()[3])
    #expect(masked.predictions() == masked.predictions())
    let diagnostics = masked.learner.adapted(
      masked.state, to: masked.episodes[0].support, noise: masked.noise[0]
    ).diagnostics(on: masked.episodes[0].query.inputs)
    #expect(diagnostics.contains(Diagnostic(name: "mask-on", values: [0.5])))
    let zeta = try masked.metaGradient().of["mask/layer1"]!
    #expect(zeta.contains { $0 != 0 })
  }
}

extension Examples {
  fileprivate var isRegression: Bool {
    if case .values = targets { true } else { false }
  }
}

extension LearnerState {
  /// MAML's weights for sine begin so small that gradients are too small to compare: this state with
  /// larger ones.
  fileprivate func enlarging(_ names: [String]) -> LearnerState {
    var state = self
    state.parameters = zip(names, parameters).map { name, parameter in
      name.hasPrefix("layer") && name.hasSuffix("/weight") && parameter.elements.allSatisfy { abs($0) < 0.05 }
        ? parameter * 20 : parameter
    }
    return state
  }
}
