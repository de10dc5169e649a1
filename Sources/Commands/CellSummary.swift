import Judgements
import Results
import Statistics

/// What a cell's results file holds, for scripts.
struct CellSummary: Encodable {
  /// The scores after some number of adaptation steps.
  struct Step: Encodable {
    let steps: Int
    let mean: Double
    /// Of the 95 % interval over episodes.
    let lower: Double
    let upper: Double
  }

  struct Curve: Encodable {
    let iterations: [Int]
    let values: [Double]
  }

  struct Parameter: Encodable {
    let name: String
    let shape: [Int]
  }

  let cell: String
  let suite: String
  let status: String
  let error: String?
  /// What a cell that is done went through all the same, as sentences.
  let remarks: [String]
  let algorithm: String
  let dataset: String
  let split: String
  let way: Int
  let shot: Int
  let query: Int
  let `repeat`: Int
  let metric: String
  let episodes: Int
  /// How the intervals were found; nil if there are no scores.
  let method: String?
  let steps: [Step]
  let training: Curve
  /// Seconds of training; nil if nothing was trained.
  let trainingSeconds: Double?
  /// The mean scores.
  let validation: Curve
  let parameters: [Parameter]
  let configuration: String
  let provenance: Provenance?
  let digest: String

  init(_ record: CellRecord) {
    let test = record.test
    func interval(_ steps: Int) -> Interval? {
      let scores = test.scores(after: steps)
      return record.metric == "accuracy"
        ? .bounded(of: scores, over: .episodes) : .transformed(of: scores, over: .episodes)
    }
    cell = record.cell
    suite = record.suite
    status = record.status.name
    error = record.status.message
    remarks = record.remarks
    algorithm = record.algorithm
    dataset = record.dataset
    split = record.split
    way = record.way
    shot = record.shot
    query = record.query
    `repeat` = record.repetition
    metric = record.metric
    episodes = test.episodes
    method = interval(0)?.method
    steps = test.episodes == 0
      ? []
      : (0...test.steps).compactMap { steps in
        interval(steps).map { Step(steps: steps, mean: $0.mean, lower: $0.lower, upper: $0.upper) }
      }
    training = Curve(
      iterations: record.training.map(\.iteration), values: record.training.map(\.loss))
    trainingSeconds = record.training.last?.seconds
    validation = Curve(
      iterations: record.validation.map(\.iteration),
      values: record.validation.map { $0.scores.reduce(0, +) / Double($0.scores.count) })
    parameters = record.parameters.map { Parameter(name: $0.name, shape: $0.shape) }
    configuration = record.configuration
    provenance = Provenance(json: record.provenance)
    digest = record.digest
  }
}
