import Measures
import Results

/// What an algorithm recorded under one name of its adaptation to every test episode.
public struct TestDiagnostic {
  public let name: String
  /// `[episodes, steps + 1]`.
  public let values: [Double]
  public let steps: Int

  public init(name: String, values: [Double], steps: Int) {
    self.name = name
    self.values = values
    self.steps = steps
  }

  func array(_ metric: Metric? = nil) -> OutcomeArray {
    OutcomeArray(metric ?? .recorded(name), axes: [OutcomeAxis("steps", 0...steps)], values: values)
  }
}

extension TestOutcomes {
  /// Scores of episodes after every number of adaptation steps, `[episodes, steps + 1]`.
  public init(
    scores: [Double], steps: Int, digests: [UInt64], diagnostics: [TestDiagnostic] = [],
    metric: Metric = .accuracy
  ) {
    let judged = TestDiagnostic(name: metric.name, values: scores, steps: steps).array(metric)
    self.init(
      [judged] + diagnostics.sorted { $0.name < $1.name }.map { $0.array() }, digests: digests)
  }

  public var episodes: Int { units }
  public var steps: Int { (judged?.width ?? 1) - 1 }
  public var scores: [Double] {
    get { judged?.values ?? [] }
    set { arrays[0] = OutcomeArray(arrays[0].metric, axes: arrays[0].axes, values: newValue) }
  }

  /// The same numbers of another metric.
  func judged(by metric: Metric) -> TestOutcomes {
    guard let judged else { return self }
    return TestOutcomes(
      [OutcomeArray(metric, axes: judged.axes, values: judged.values)] + recorded, digests: digests)
  }
}

extension CellRecord {
  /// The record of a few-shot cell.
  public init(
    suite: String, cell: String, algorithm: String, dataset: String, split: String,
    way: Int, shot: Int, query: Int, repetition: Int, metric: String,
    configuration: String, provenance: String, status: Status, test: TestOutcomes,
    training: [TrainingRecord] = [], validation: [ValidationRecord] = [],
    parameters: [NamedArray] = [], iterations: Int? = nil, testSeconds: Double? = nil,
    peakMemory: Int? = nil
  ) {
    let metric: Metric = metric == "loss" ? .loss : .accuracy
    let task = "\(dataset)-\(way)way-\(shot)shot"
    let name = cell.split(separator: "-", omittingEmptySubsequences: false).dropLast(2).joined(separator: "-")
    let system = name.hasSuffix("-\(task)") ? name.dropLast(task.count + 1) : algorithm[...]
    // Samples may be named after another algorithm than they say to be of.
    let isVariant = system == algorithm || system.hasPrefix("\(algorithm)-")
    self.init(
      suite: suite, cell: cell, algorithm: isVariant ? algorithm : String(system),
      variant: isVariant ? String(system.dropFirst(algorithm.count + 1)) : "", dataset: dataset, split: split, task: task,
      coordinates: Coordinates([
        .init("way", .integer(way)), .init("shot", .integer(shot)), .init("query", .integer(query)),
      ]), repetition: repetition, metric: metric, configuration: configuration,
      provenance: provenance, status: status, test: test.judged(by: metric), training: training,
      validation: validation, parameters: parameters, iterations: iterations, testSeconds: testSeconds,
      peakMemory: peakMemory)
  }
}
