import Episodes
import Kinds
import Measures

/// A learner that is trained on a dataset's sequences, and goes through each test sequence on its own.
struct SequenceRun<Learner: SequenceLearner>: OneStepRun, LearnerRun {
  typealias Learned = Learner.Learned

  let learner: Learner
  private let plan: OnlineSequences
  private let context: RunContext
  private let sources: [Part: any EpisodeSource]

  /// - Throws: What is wrong with the data.
  init(_ learner: Learner, _ plan: OnlineSequences, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    sources = try context.sources(as: (any EpisodeSource).self)
  }

  // MARK: Training

  func begin() -> Learned { learner.begin(from: context.weights) }

  func train(_ learned: inout Learned, iteration: Int) -> Double {
    let batch = sources[.train]!.batch(
      plan.batch, of: plan.shape, iteration: iteration, order: context.order)
    return learner.train(&learned, on: batch, noise: context.noise.child("training", iteration))
  }

  // MARK: Sequences

  private func sequence(_ unit: Int, of part: Part) -> OnlineSequence {
    sources[part]!.sequence(plan.shape, from: context.unit(unit, part))
  }

  func digest(ofUnit unit: Int, of part: Part) -> UInt64 { sequence(unit, of: part).digest }

  func outcome(ofUnit unit: Int, of part: Part, with learned: Learned) -> UnitOutcome {
    let sequence = sequence(unit, of: part)
    let scores = sequence.scores(
      of: learner.student(of: learned, noise: context.unitNoise(unit, part)))
    return UnitOutcome(
      digest: part == .test ? sequence.digest : 0,
      rows: [OutcomeArray(plan.isRegression ? .loss : .accuracy, axes: [plan.axis], values: scores)])
  }
}
