import Episodes
import Kinds
import Measures
import Networks
import Randomness

/// A network that is pretrained on source classes, if it is, and then trained on each draw of target classes. A
/// step of a unit is what lies between two of its tests.
package struct TransferRun: NetworkRun {
  private let learner: TransferLearner
  private let plan: Transfer
  private let context: RunContext
  private let sources: [Part: any EpisodeSource]
  /// Source classes; nil without pretraining.
  private let source: ClassDraw?

  /// - Throws: What is wrong with the data.
  package init(_ learner: TransferLearner, _ plan: Transfer, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    sources = try context.sources(as: (any EpisodeSource).self)
    source =
      learner.isPretrained
      ? ClassDraw(
        plan.sourceClasses, of: sources[.train]!, plan.sourceDivision, from: context.order.child("source"))
      : nil
  }

  // MARK: Pretraining

  package var parameters: [ParameterDescription] { learner.source.parameters }

  package func begin() -> LearnerState { learner.begin(from: context.weights) }

  package func train(_ learned: inout LearnerState, iteration: Int) -> Double {
    let minibatch = plan.minibatches.minibatch(
      of: source!.training, from: context.order.child("iteration", iteration))
    return learner.pretrain(&learned, on: minibatch)
  }

  /// The accuracy on validation images of one source class: the units of this validation are classes.
  package func validationScore(ofUnit unit: Int, with learned: LearnerState) -> Double {
    let images = plan.sourceDivision.validation
    let own = source!.validation.picked(Array(unit * images..<(unit + 1) * images))
    return learner.sourceAccuracy(learned, on: own)
  }

  // MARK: Draws of target classes

  package var stepsPerUnit: Int { plan.places.count - 1 }

  private func draw(ofUnit unit: Int, of part: Part) -> ClassDraw {
    ClassDraw(plan.target, of: sources[part]!, plan.division, from: context.unit(unit, part))
  }

  package func digest(ofUnit unit: Int, of part: Part) -> UInt64 { draw(ofUnit: unit, of: part).digest }

  package func begin(unit: Int, of part: Part, with learned: LearnerState) -> TransferProgress {
    let state = learner.transferred(learned, from: context.weights.child(part.rawValue, unit))
    var progress = TransferProgress(place: UnitPlace(unit: unit, part: part), state: state)
    test(&progress, on: learner.seen(draw(ofUnit: unit, of: part), with: learned))
    return progress
  }

  package func advance(_ progress: inout TransferProgress, with learned: LearnerState) throws -> UnitOutcome? {
    let (unit, part) = (progress.place.unit, progress.place.part)
    let draw = progress.draw ?? learner.seen(self.draw(ofUnit: unit, of: part), with: learned)
    let order = context.order.child(part.rawValue, unit)
    for step in progress.steps..<plan.places[progress.test.count] {
      let minibatch = plan.minibatches.minibatch(of: draw.training, from: order.child("step", step))
      let loss = learner.step(&progress.state, on: minibatch)
      guard loss.isFinite else {
        throw Divergence("the training loss is \(Float(loss)) at step \(step + 1) of a draw: lower 'rate'")
      }
      progress.steps += 1
    }
    test(&progress, on: draw)
    guard progress.test.count == plan.places.count else { return nil }
    return outcome(of: progress)
  }

  private func test(_ progress: inout TransferProgress, on draw: ClassDraw) {
    progress.draw = draw
    progress.validation.append(learner.accuracy(progress.state, on: draw.validation))
    progress.test.append(learner.accuracy(progress.state, on: draw.test))
  }

  private func outcome(of progress: TransferProgress) -> UnitOutcome {
    let enough = Transfer.Outcomes.share * progress.test.last!
    let first = progress.test.firstIndex { $0 >= enough }!
    return UnitOutcome(
      digest: digest(ofUnit: progress.place.unit, of: progress.place.part),
      rows: [
        OutcomeArray(.accuracy, axes: [plan.axis], values: progress.test),
        OutcomeArray(Transfer.Outcomes.validation, axes: [plan.axis], values: progress.validation),
        OutcomeArray(Transfer.Outcomes.steps, values: [Double(plan.places[first])]),
      ])
  }

  // MARK: Archives

  package func archive(_ state: TransferProgress) -> Archive { state.archive(learner.target.parameters) }

  package func unitState(from archive: Archive) -> TransferProgress? {
    let progress = TransferProgress(archive, learner.target.parameters)
    guard let progress, (1..<plan.places.count).contains(progress.test.count),
      (0...plan.places[progress.test.count]).contains(progress.steps)
    else { return nil }
    return progress
  }
}
