import Results
import Statistics
import Suites

/// All repeats of one cell, with what came out of them.
struct CellFamily {
  /// The first repeat; the others differ from it by `repetition` only.
  let cell: Cell
  let count: Int
  /// Results of the repeats that are done, in order.
  let done: [CellRecord]
  /// How the other repeats ended: `failed`, `diverged` or `missing`.
  let others: [String]

  /// The largest number of adaptation steps that was tested.
  var steps: Int { done.map(\.test.steps).max() ?? 0 }

  /// The test result after `steps` adaptation steps; nil if no repeat has it.
  func estimate(after steps: Int) -> Estimate? {
    let runs = done.filter { (0...$0.test.steps).contains(steps) && $0.test.episodes > 0 }
    guard !runs.isEmpty else { return nil }
    let share = runs.allSatisfy { $0.test.digests == runs[0].test.digests }
    return Estimate(runs.map { $0.test.scores(after: steps) }, sharesEpisodes: share)
  }

  /// An error so many times the median has exploded.
  static let explosionFactor = 1000

  /// How many scores of all repeats exploded, and the median, which does not mind; nil if none did.
  func explosions(after steps: Int) -> (count: Int, total: Int, median: Double)? {
    let runs = done.filter { (0...$0.test.steps).contains(steps) }
    let scores = runs.flatMap { $0.test.scores(after: steps) }.map { $0.isFinite ? $0 : .infinity }
      .sorted()
    guard !scores.isEmpty else { return nil }
    let middle = scores.count / 2
    let median =
      scores.count.isMultiple(of: 2) ? (scores[middle - 1] + scores[middle]) / 2 : scores[middle]
    let count = scores.count { $0 == .infinity || $0 > median * Double(Self.explosionFactor) }
    return count == 0 ? nil : (count, scores.count, median)
  }
}

extension CellFamily {
  /// The families of a suite in the order of its cells.
  static func all(of suite: Suite, records: [CellRecord]) -> [CellFamily] {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let families = Dictionary(grouping: suite.cells, by: \.family)
    return Format.distinct(suite.cells.map(\.family)).map { name in
      let cells = families[name]!
      let found = cells.map { byCell[$0.id] }
      return CellFamily(
        cell: cells[0], count: cells.count,
        done: found.compactMap { $0?.status == .done ? $0 : nil },
        others: found.compactMap { record in
          guard let record else { return "missing" }
          return record.status == .done ? nil : record.status.name
        })
    }
  }
}
