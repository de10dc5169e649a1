import Episodes
import Kinds
import Measures
import Tensors

/// A learner that is trained on a dataset's functions, and predicts each test function from more and more points.
struct FunctionRun<Learner: FunctionLearner>: OneStepRun, LearnerRun {
  typealias Learned = Learner.Learned

  let learner: Learner
  let plan: NeuralProcesses
  private let context: RunContext
  private let sources: [Part: FunctionSource]

  /// - Throws: What is wrong with the data.
  init(_ learner: Learner, _ plan: NeuralProcesses, in context: RunContext) throws {
    self.learner = learner
    self.plan = plan
    self.context = context
    sources = try context.sources(as: (any TaskSource).self).mapValues { source in
      guard let functions = FunctionSource(source) else {
        preconditionFailure("the plan says that '\(plan.values.dataset.name)' has functions")
      }
      return functions
    }
  }

  // MARK: Training

  func begin() -> Learned { learner.begin(from: context.weights) }

  func train(_ learned: inout Learned, iteration: Int) -> Double {
    let batch = sources[.train]!.batch(
      plan.batch, points: plan.points, contexts: plan.contexts, iteration: iteration, order: context.order)
    return learner.train(&learned, on: batch, noise: context.noise.child("training", iteration))
  }

  // MARK: Functions

  func task(_ unit: Int, of part: Part) -> FunctionTask {
    sources[part]!.task(contexts: plan.places.last!, targets: plan.targets, from: context.unit(unit, part))
  }

  func digest(ofUnit unit: Int, of part: Part) -> UInt64 { task(unit, of: part).digest }

  func outcome(ofUnit unit: Int, of part: Part, with learned: Learned) -> UnitOutcome {
    let task = task(unit, of: part)
    let marks = plan.places.map { count in
      scores(of: task, told: count) { context, places in
        prediction(unit, of: part, told: context, at: places, with: learned)
      }
    }
    return UnitOutcome(
      digest: part == .test ? task.digest : 0,
      rows: plan.metrics(of: learner).map { metric in
        OutcomeArray(metric, axes: [plan.axis], values: marks.map { $0[metric]! })
      })
  }

  /// The prediction at some places of a function, given some of its points.
  func prediction(
    _ unit: Int, of part: Part, told points: Points, at places: Tensor, with learned: Learned
  ) -> Prediction {
    learner.prediction(of: learned, given: points, at: places, noise: context.unitNoise(unit, part))
  }

  /// The scores of one function, given this many of its points.
  private func scores(
    of task: FunctionTask, told count: Int, by predict: (_ context: Points, _ places: Tensor) -> Prediction
  ) -> [Metric: Double] {
    let context = task.contexts.prefix(count)
    let values = task.targets.values.doubles
    // Targets first, then the points that were told.
    let all = predict(context, .concatenated([task.targets.inputs, context.inputs], along: 0))
    let prediction = all.part(0..<values.count)
    let deviation = mean(prediction.deviation)
    return [
      Outcomes.nll: prediction.negativeLogLikelihood(of: values),
      Outcomes.mse: prediction.squaredError(of: values),
      Outcomes.deviation: deviation,
      Outcomes.narrowing: mean(all.part(values.count..<all.mean.count).deviation) / deviation,
      Outcomes.drawn: prediction.drawnDeviation,
    ]
  }

  private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
}
