import Measures
import Storage

/// How files of schema 1 hold a test: those of the first kind, few-shot cells, whose only axis are adaptation steps.
extension CellFile {
  static let episodeMetrics: [Metric] = [.accuracy, .loss]

  static func writeEpisodes(_ test: TestOutcomes, metric: Metric, to file: HDF5File) throws {
    let scores = test.judged ?? OutcomeArray(metric, axes: [OutcomeAxis(OutcomeAxis.steps, 0...0)], values: [])
    try file.write("/test/\(metric.name)", scores.values, shape: [test.units, scores.width])
    try file.write("/test/episode", test.digests, shape: [test.units])
    try file.setAttribute("diagnostics", test.recorded.map(\.metric.name).joined(separator: "\n"))
    for diagnostic in test.recorded {
      try file.write(
        "/diagnostics/\(diagnostic.metric.name)", diagnostic.values,
        shape: [test.units, diagnostic.width])
    }
  }

  static func episodes(in file: HDF5File, metric: Metric, isDone: Bool) throws -> TestOutcomes {
    let (shape, scores) = try file.doubles("/test/\(metric.name)")
    try file.check(scores, of: metric, in: "/test/\(metric.name)", mayBeNone: !isDone)
    let digests = try file.uint64s("/test/episode").values
    guard shape.count == 2, shape[0] == digests.count, shape[1] > 0 else {
      throw file.inconsistent("the datasets of /test do not fit each other")
    }
    guard !digests.isEmpty else { return .empty }
    func array(_ metric: Metric, _ values: [Double], width: Int) -> OutcomeArray {
      OutcomeArray(metric, axes: [OutcomeAxis(OutcomeAxis.steps, 0...width - 1)], values: values)
    }
    // Files of earlier versions have no such attribute.
    let names = try file.text(attribute: "diagnostics") ?? ""
    let diagnostics = try file.distinctLines(names, in: "diagnostics").map { name in
      let (shape, values) = try file.doubles("/diagnostics/\(name)")
      guard shape.count == 2, shape[0] == digests.count, shape[1] > 0 else {
        throw file.inconsistent("the diagnostic '\(name)' does not fit the test episodes")
      }
      let recorded = Metric.recorded(name)
      guard recorded.name != metric.name else { throw file.inconsistent("'\(name)' is recorded twice") }
      try file.check(values, of: recorded, in: "/diagnostics/\(name)", mayBeNone: true)
      return array(recorded, values, width: shape[1])
    }
    return TestOutcomes(
      [array(metric, scores, width: shape[1])] + diagnostics, digests: digests)
  }
}
