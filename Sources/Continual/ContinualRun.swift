import Episodes
import Kinds
import Measures
import Randomness
import Tensors

/// A system that learns the tasks of each unit from the start. A step of a unit is an epoch.
struct ContinualRun: UntrainedRun {
  private let learner: any ContinualLearner
  private let plan: Continual
  private let context: RunContext
  private let images: [Part: LabelledImages]

  /// - Throws: What is wrong with the data.
  init(_ learner: any ContinualLearner, _ plan: Continual, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    images = try context.sources(as: LabelledImages.self)
  }

  // MARK: Units

  private var epochs: Int { plan.values.training[Continual.Keys.epochs] }

  var stepsPerUnit: Int { plan.tasks * epochs }

  /// Tasks are learned from training images, and tested on those of the part.
  private func tasks(ofUnit unit: Int, of part: Part) -> PermutedTasks {
    let (training, test) = (images[.train]!, images[part]!)
    return PermutedTasks(
      count: plan.tasks, region: plan.region, training: training,
      trainingImages: plan.values.training[Continual.Keys.images], test: test,
      testImages: min(plan.values.testing[Continual.Keys.testImages], test.count),
      from: context.unit(unit, part))
  }

  func digest(ofUnit unit: Int, of part: Part) -> UInt64 { tasks(ofUnit: unit, of: part).digest }

  func begin(unit: Int, of part: Part, with learned: Nothing) -> ContinualProgress {
    let state = learner.begin(from: context.weights.child(part.rawValue, unit))
    var progress = ContinualProgress(place: UnitPlace(unit: unit, part: part), state: state)
    progress.rows = [accuracies(state, tasks(ofUnit: unit, of: part))]
    return progress
  }

  func advance(_ progress: inout ContinualProgress, with learned: Nothing) throws -> UnitOutcome? {
    let (unit, part) = (progress.place.unit, progress.place.part)
    let tasks = tasks(ofUnit: unit, of: part)
    let examples = tasks.trainingExamples(of: progress.state.learned)
    let noise = context.unitNoise(unit, part)
    let schedule = TrainingSchedule(
      batch: plan.values.training[Continual.Keys.batch],
      order: context.order.child(part.rawValue, unit))
    try schedule.learn(
      learner, &progress.state, examples, epoch: progress.epoch, noise: noise)
    progress.epoch += 1
    if plan.values.testing[Continual.Keys.everyEpoch] {
      progress.epochRows.append(accuracies(progress.state, tasks))
    }
    guard progress.epoch == epochs else { return nil }
    schedule.finish(learner, &progress.state, examples, noise: noise)
    progress.epoch = 0
    progress.rows.append(accuracies(progress.state, tasks))
    guard progress.state.learned == plan.tasks else { return nil }
    return UnitOutcome(digest: tasks.digest, rows: outcomes(progress, tasks, noise))
  }

  /// On each task, learned or not.
  private func accuracies(_ state: ContinualState, _ tasks: PermutedTasks) -> [Double] {
    (0..<tasks.count).map { task in
      learner.network.accuracy(
        learner.parameters(state, for: task), on: tasks.testExamples(of: task))
    }
  }

  // MARK: Outcomes

  private func outcomes(
    _ progress: ContinualProgress, _ tasks: PermutedTasks, _ noise: RandomStream
  ) -> [OutcomeArray] {
    typealias Outcomes = Continual.Outcomes
    let matrix = AccuracyMatrix(rows: progress.rows)
    var rows = [
      row(Outcomes.average, matrix.average),
      row(Outcomes.accuracy, matrix.rows.flatMap { $0 }),
      row(Outcomes.forgetting, matrix.forgetting),
      row(Outcomes.firstTaskForgetting, matrix.firstTaskForgetting),
      row(Outcomes.backwardTransfer, matrix.backwardTransfer),
      row(Outcomes.forwardTransfer, matrix.forwardTransfer),
    ]
    if !progress.epochRows.isEmpty {
      rows.append(row(Outcomes.epochAccuracy, progress.epochRows.flatMap { $0 }))
    }
    if let labels = plan.values.testing[Continual.Keys.overlap].labels {
      rows.append(overlap(progress.state, tasks, labels, noise))
    }
    return rows
  }

  /// One outcome, on the axes that the plan tells.
  private func row(_ metric: Metric, _ values: [Double]) -> OutcomeArray {
    guard let axes = plan.axes(of: metric.name, by: learner) else {
      preconditionFailure("the plan tells the axes of '\(metric.name)'")
    }
    return OutcomeArray(metric, axes: axes, values: values)
  }

  /// Of the first and the last task, both at what was learned in the end: which parameters of one network
  /// both of them rely on.
  private func overlap(
    _ state: ContinualState, _ tasks: PermutedTasks, _ labels: FisherLabels, _ noise: RandomStream
  ) -> OutcomeArray {
    let diagonals = [0, tasks.count - 1].map { task in
      let examples = tasks.trainingExamples(of: task)
      return FisherDiagonal.estimate(
        learner.network, learner.parameters(state, for: task), on: examples, count: examples.count,
        labels: labels, from: noise.child("overlap", task))
    }
    return row(
      Continual.Outcomes.fisherOverlap, FisherDiagonal.overlap(diagonals[0], diagonals[1]))
  }

  // MARK: Archives

  func archive(_ state: ContinualProgress) -> Archive { state.archive(learner.network) }

  func unitState(from archive: Archive) -> ContinualProgress? {
    let progress = ContinualProgress(archive, of: learner.network, tasks: plan.tasks)
    guard let progress, (0..<epochs).contains(progress.epoch) else { return nil }
    let everyEpoch = plan.values.testing[Continual.Keys.everyEpoch]
    let wanted = everyEpoch ? progress.state.learned * epochs + progress.epoch : 0
    return progress.epochRows.count == wanted ? progress : nil
  }
}
