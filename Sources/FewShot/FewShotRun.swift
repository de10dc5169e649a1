import Episodes
import Kinds
import Measures
import Networks
import Tensors

/// A learner that is trained on a dataset's episodes, then adapted to each test episode separately.
struct FewShotRun: OneStepRun, NetworkRun {
  let learner: any Learner
  let plan: FewShot
  let context: RunContext
  private let tasks: TrainingTasks
  let sources: [Part: any EpisodeSource]

  /// - Throws: What is wrong with the data.
  init(_ learner: any Learner, _ plan: FewShot, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    sources = try context.sources(as: (any EpisodeSource).self)
    tasks = TrainingTasks(source: sources[.train]!, order: context.order, noise: context.noise)
  }

  // MARK: Training

  var parameters: [ParameterDescription] { learner.parameters }

  func begin() -> LearnerState { learner.initialState(from: context.weights) }

  func train(_ learned: inout LearnerState, iteration: Int) -> Double {
    let (next, loss) = learner.updated(learned, iteration: iteration, on: tasks)
    // Of a diverged step the state before it is kept.
    if loss.isFinite { learned = next }
    return Double(loss)
  }

  // MARK: Episodes

  func episode(_ unit: Int, of part: Part) -> Episode {
    sources[part]!.episode(plan.testShape, from: context.unit(unit, part))
  }

  func digest(ofUnit unit: Int, of part: Part) -> UInt64 { episode(unit, of: part).digest }

  func outcome(ofUnit unit: Int, of part: Part, with learned: LearnerState) -> UnitOutcome {
    let episode = episode(unit, of: part)
    let predictor = learner.adapted(
      learned, to: episode.support, noise: context.unitNoise(unit, part))
    let scores = predictor.scores(
      on: episode.query, of: plan.testShape, by: plan.effectiveGrouping)
    func row(_ metric: Metric, _ values: [Double]) -> OutcomeArray {
      OutcomeArray(metric, axes: [OutcomeAxis(OutcomeAxis.steps, 0...values.count - 1)], values: values)
    }
    // Only the scores of validation episodes are looked at.
    let diagnostics = part == .test ? predictor.diagnostics(on: episode.query.inputs) : []
    return UnitOutcome(
      digest: part == .test ? episode.digest : 0,
      rows: [row(plan.isRegression ? .loss : .accuracy, scores)]
        + diagnostics.sorted { $0.name < $1.name }.map { row(.recorded($0.name), $0.values) })
  }

  // MARK: Archives

  /// The parameters, the running statistics that go with them, and the optimizer's second moments where
  /// adaptation goes on with them.
  func kept(_ learned: LearnerState) -> [NamedArray] {
    let weights = learned.weights(parameters)
    guard learner.adaptsWithOptimizer else { return weights }
    return weights + learned.squares(parameters)
      + [NamedArray("adam/step", .init([1], [Float(learned.adam.step)]))]
  }

  func learned(keeping arrays: [NamedArray], in untrained: LearnerState) -> LearnerState? {
    guard learner.adaptsWithOptimizer else {
      return untrained.replacing(arrays, parameters: parameters)
    }
    let own = kept(untrained)
    let (weights, moments) = (arrays.dropLast(parameters.count + 1), arrays.suffix(parameters.count + 1))
    guard own.map(\.name) == arrays.map(\.name), own.map(\.shape) == arrays.map(\.shape),
      var state = untrained.replacing(Array(weights), parameters: parameters),
      let step = Int(exactly: moments.last!.values[0]), step >= 0
    else { return nil }
    state.adam.square = moments.dropLast().map(\.tensor)
    state.adam.step = step
    return state
  }
}
