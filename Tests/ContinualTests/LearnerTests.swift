import Continual
import Episodes
import Kinds
import Randomness
import Tensors
import Testing

/// Systems on small generated digits: what each is meant to do, and what makes them equal.
@Suite struct LearnerTests {
  static let network = DenseNetwork(widths: [784, 50, 10])
  static let tasks = PermutedTasks(
    count: 2, region: 28, training: StrokeDigits.images(of: .train), trainingImages: 1000,
    test: StrokeDigits.images(of: .test), testImages: 500, from: RandomStream(seed: 11))

  static let sgd = PlainSGD(network: network, rate: 0.1)
  static func ewc(
    _ lambda: Float, labels: FisherLabels = .sampled, penalties: EWC.Penalties = .perTask
  ) -> EWC {
    EWC(
      network: network, rate: 0.1, lambda: lambda, labels: labels, images: 1000,
      penalties: penalties, decay: 1)
  }

  /// The state after learning some tasks, five epochs each.
  func learned(_ learner: some ContinualLearner, tasks count: Int = 2) throws -> ContinualState {
    let schedule = TrainingSchedule(batch: 10, order: RandomStream(seed: 12))
    var state = learner.begin(from: RandomStream(seed: 13))
    for task in 0..<count {
      let examples = Self.tasks.trainingExamples(of: task)
      for epoch in 0..<5 {
        try schedule.learn(
          learner, &state, examples, epoch: epoch, noise: RandomStream(seed: 14))
      }
      schedule.finish(learner, &state, examples, noise: RandomStream(seed: 14))
    }
    return state
  }

  func accuracy(_ learner: some ContinualLearner, _ state: ContinualState, _ task: Int) -> Double {
    Self.network.accuracy(
      learner.parameters(state, for: task), on: Self.tasks.testExamples(of: task))
  }

  @Test func gradientDescentLearnsATaskAndForgetsItWhenItLearnsAnother() throws {
    let once = try learned(Self.sgd, tasks: 1)
    let twice = try learned(Self.sgd)
    #expect(once.learned == 1 && twice.learned == 2)
    #expect(accuracy(Self.sgd, once, 0) > 0.85)
    #expect(accuracy(Self.sgd, twice, 1) > 0.85)
    #expect(accuracy(Self.sgd, twice, 0) < accuracy(Self.sgd, once, 0) - 0.02)
  }

  @Test func ewcForgetsLessAndStillLearns() throws {
    let learner = Self.ewc(50)
    let once = try learned(learner, tasks: 1)
    let twice = try learned(learner)
    let plain = try learned(Self.sgd)
    let forgotten = accuracy(learner, once, 0) - accuracy(learner, twice, 0)
    #expect(forgotten < 0.5 * (accuracy(Self.sgd, once, 0) - accuracy(Self.sgd, plain, 0)))
    #expect(accuracy(learner, twice, 1) > 0.85)
  }

  @Test func withoutPenaltyAllAreGradientDescent() throws {
    let plain = try learned(Self.sgd).parameters.map(\.elements)
    #expect(try learned(Self.ewc(0)).parameters.map(\.elements) == plain)
    #expect(
      try learned(L2(network: Self.network, rate: 0.1, lambda: 0)).parameters.map(\.elements)
        == plain)
    let nothingDropped = Dropout(network: Self.network, rate: 0.1, ofInputs: 0, ofHidden: 0)
    #expect(try learned(nothingDropped).parameters.map(\.elements) == plain)
    #expect(try learned(Self.ewc(10)).parameters.map(\.elements) != plain)
  }

  @Test func aStepGoesDownTheLossAndThePenalty() {
    let parameters = Self.network.initialParameters(from: RandomStream(seed: 1))
    let centre = Self.network.initialParameters(from: RandomStream(seed: 2))
    var state = ContinualState(parameters: parameters)
    state.anchor = QuadraticAnchor(
      precision: parameters.map { $0.squared() }, centre: centre)
    let batch = Self.tasks.trainingExamples(of: 0).minibatch(0..<50)
    let (loss, gradient) = Self.network.lossAndGradient(parameters, on: batch)
    #expect(Self.ewc(30).step(&state, on: batch, from: RandomStream(seed: 3)) == loss)
    for index in parameters.indices {
      let (θ, c, g) = (parameters[index].elements, centre[index].elements, gradient[index].elements)
      let new = state.parameters[index].elements
      for place in stride(from: 0, to: θ.count, by: 97) {
        let pull = 30 * θ[place] * θ[place] * (θ[place] - c[place])
        let expected = θ[place] - 0.1 * (g[place] + pull)
        #expect(abs(new[place] - expected) < 1e-6)
      }
    }
  }

  @Test func theOnlineFormIsTheSameForTwoTasksAndAnotherForThree() throws {
    let tasks = PermutedTasks(
      count: 3, region: 28, training: StrokeDigits.images(of: .train), trainingImages: 200,
      test: StrokeDigits.images(of: .test), testImages: 10, from: RandomStream(seed: 15))
    func anchors(_ penalties: EWC.Penalties) throws -> [QuadraticAnchor] {
      let learner = Self.ewc(10, penalties: penalties)
      let schedule = TrainingSchedule(batch: 50, order: RandomStream(seed: 12))
      var state = learner.begin(from: RandomStream(seed: 13))
      return try (0..<2).map { task in
        let examples = tasks.trainingExamples(of: task)
        try schedule.learn(
          learner, &state, examples, epoch: 0, noise: RandomStream(seed: 14))
        schedule.finish(learner, &state, examples, noise: RandomStream(seed: 14))
        return state.anchor!
      }
    }
    let (each, online) = (try anchors(.perTask), try anchors(.online))
    #expect(each[0].precision.map(\.elements) == online[0].precision.map(\.elements))
    #expect(each[0].centre.map(\.elements) == online[0].centre.map(\.elements))
    #expect(each[1].centre[0].elements != online[1].centre[0].elements)
  }

  @Test func dropoutLeavesOutItsShareAndKeepsTheMean() throws {
    let learner = Dropout(network: Self.network, rate: 0.1, ofInputs: 0.2, ofHidden: 0.5)
    var generator = RandomStream(seed: 1).generator()
    let mask = learner.mask([100, 100], dropping: 0.2, from: &generator).elements
    #expect(Set(mask) == [0, 1.25])
    #expect(abs(mask.reduce(0, +) / 10_000 - 1) < 0.02)
    let state = try learned(learner, tasks: 1)
    #expect(accuracy(learner, state, 0) > 0.8)
  }

  @Test func networksOfTheirOwnForgetAndCarryOverNothing() throws {
    let learner = SingleTask(network: Self.network, rate: 0.1)
    let once = try learned(learner, tasks: 1)
    let twice = try learned(learner)
    let plain = try learned(Self.sgd, tasks: 1)
    #expect(learner.parameters(once, for: 0).map(\.elements) == plain.parameters.map(\.elements))
    #expect(
      learner.parameters(twice, for: 0).map(\.elements) == plain.parameters.map(\.elements))
    #expect(accuracy(learner, twice, 1) > 0.85)
    let initial = learner.begin(from: RandomStream(seed: 13)).parameters.map(\.elements)
    #expect(learner.parameters(once, for: 1).map(\.elements) == initial)
  }

  @Test func aRateThatIsTooHighEndsInAnErrorThatSaysWhere() {
    let error = #expect(throws: Divergence.self) {
      _ = try learned(PlainSGD(network: Self.network, rate: 1e8))
    }
    #expect(error!.place.contains("in epoch 1 of task 1: lower 'rate'"))
    // A step that ruins everything after its loss was found is noticed, and tested on without a trap.
    let last = #expect(throws: Divergence.self) { _ = try learned(Ruinous(network: Self.network)) }
    #expect(last!.place.contains("parameters are no finite numbers in epoch 1 of task 1"))
    let ruined = Self.network.parameterShapes.map { Tensor(repeating: .nan, $0) }
    #expect(Self.network.accuracy(ruined, on: Self.tasks.testExamples(of: 0)) < 0.2)
  }

  /// Has a fine loss and no parameters left.
  struct Ruinous: ContinualLearner {
    let network: DenseNetwork

    func step(
      _ state: inout ContinualState, on batch: Minibatch, from random: RandomStream
    ) -> Float {
      state.parameters[0] = state.parameters[0] * .infinity
      return 0
    }
  }
}
