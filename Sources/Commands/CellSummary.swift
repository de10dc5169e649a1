import Judgements
import Measures
import Results
import Statistics

/// What a cell's results file holds, for scripts.
struct CellSummary: Encodable {
  /// The judged outcome at one place, as after some number of adaptation steps.
  struct Place: Encodable {
    /// The coordinates, as in `2` or `3, 1`, outermost axis first.
    let at: String
    let mean: Double
    /// Of the 95 % interval over units.
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

  /// Values of settings that were tried on validation units.
  struct Trial: Encodable {
    let values: [String: String]
    /// The mean validation score; nil if the trial diverged.
    let score: Double?
    let iterations: Int
    let seconds: Double
    let isChosen: Bool
  }

  let cell: String
  let suite: String
  let status: String
  let error: String?
  /// What a cell that is done went through all the same, as sentences.
  let remarks: [String]
  let kind: String
  let algorithm: String
  let variant: String
  let dataset: String
  let split: String
  /// What its units are addressed by besides, as way, shot and query.
  let coordinates: [String: String]
  let `repeat`: Int
  let metric: String
  /// What is counted, as `episodes`.
  let unit: String
  let units: Int
  /// The names of the judged outcome's axes.
  let axes: [String]
  /// How the intervals were found; nil if there are no scores.
  let method: String?
  let places: [Place]
  /// What was recorded besides.
  let outcomes: [String]
  /// Empty where no settings were chosen.
  let trials: [Trial]
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
    let array = test.judged ?? OutcomeArray(record.metric, values: [])
    func interval(_ place: Int) -> Interval? {
      let scores = (0..<array.units).map { array.values[$0 * array.width + place] }
      return record.metric.isShare
        ? .bounded(of: scores, over: .episodes) : .transformed(of: scores, over: .episodes)
    }
    cell = record.cell
    suite = record.suite
    status = record.status.name
    error = record.status.message
    remarks = record.remarks
    kind = record.kind
    algorithm = record.algorithm
    variant = record.variant
    dataset = record.dataset
    split = record.split
    coordinates = Dictionary(
      uniqueKeysWithValues: record.coordinates.entries.map { ($0.name, "\($0.value)") })
    `repeat` = record.repetition
    metric = record.metric.name
    unit = record.unit.plural
    units = test.units
    axes = array.axes.map(\.name)
    method = interval(0)?.method
    places = test.units == 0
      ? []
      : (0..<array.width).compactMap { place in
        interval(place).map {
          Place(at: array.labels(of: place), mean: $0.mean, lower: $0.lower, upper: $0.upper)
        }
      }
    outcomes = test.recorded.map(\.metric.name)
    trials = (record.tuning?.trials ?? []).enumerated().map { index, trial in
      Trial(
        values: Dictionary(uniqueKeysWithValues: trial.values.entries.map { ($0.name, "\($0.value)") }),
        score: trial.score, iterations: trial.iterations, seconds: trial.seconds,
        isChosen: index == record.tuning?.chosen)
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
