import Foundation
import Results

extension GateMatch {
  /// Below so many seconds of training, noise is all there is.
  private static let leastSeconds = 1.0

  /// Training seconds and peak memory, as far as they are asked for and known.
  func resources() -> [GateCell.Resource] {
    guard obstacle == nil, !isCopy, !compared.isEmpty else { return [] }
    var found: [GateCell.Resource] = []
    func judge(_ name: String, _ limit: Double?, least: Double, _ value: (CellRecord) -> Double?) {
      guard let limit, Self.areAlike(baseline, compared),
        let old = baseline.compactMap(value).median,
        let new = compared.compactMap(value).median, old > 0, max(old, new) >= least
      else { return }
      found.append(
        .init(name: name, baseline: old, candidate: new, ratio: new / old, limit: limit))
    }
    judge("training seconds", gate.trainSeconds, least: Self.leastSeconds) { $0.steadySeconds }
    judge("peak memory", gate.peakMemory, least: 0) { $0.peakMemory.map(Double.init) }
    return found
  }

  /// What was asked for and cannot be judged, as sentences.
  var unknownResources: [String] {
    guard !isCopy, !compared.isEmpty else { return [] }
    var sentences: [String] = []
    let asked = [
      gate.trainSeconds.map { _ in "training seconds" }, gate.peakMemory.map { _ in "peak memory" },
    ].compactMap(\.self)
    if !asked.isEmpty, !Self.areAlike(baseline, compared) {
      sentences.append(
        "\(asked.joined(separator: " and ")) cannot be compared: the baseline was made on another"
          + " CPU or with another number of threads.")
    } else if gate.peakMemory != nil,
      (baseline + compared).contains(where: { $0.peakMemory == nil })
    {
      sentences.append("peak memory is not in all results: run them again with this program.")
    }
    return sentences
  }

  /// Whether both were made on one kind of CPU with equally many threads.
  private static func areAlike(_ first: [CellRecord], _ second: [CellRecord]) -> Bool {
    let machines = Set(
      (first + second).map { record in
        record.trainingProvenance.map { "\($0.cpu), \($0.threads) threads" } ?? ""
      })
    return machines.count == 1
  }
}

extension GateCell.Resource {
  /// As in `training seconds: 1.82 times the baseline's, more than 1.5.`
  var text: String {
    String(format: "\(name): %.2f times the baseline's, more than %g.", ratio, limit)
  }
}

extension CellRecord {
  /// Seconds of training at the median pace between two points of its curve, so that the machine's
  /// being busy with something else for a while does not count; nil if nothing was trained.
  fileprivate var steadySeconds: Double? {
    let starts = [0] + training.dropLast().map(\.seconds)
    return zip(training, starts).map { $0.seconds - $1 }.median.map { $0 * Double(training.count) }
  }
}
