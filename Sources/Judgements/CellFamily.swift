import Measures
import Results
import Suites

/// All repeats of one cell of a suite, with what came out of them.
public struct CellFamily: Sendable {
  /// The first repeat, with the settings that it chose itself; the others differ from it by `repetition` and
  /// in what they chose.
  public let cell: Cell
  /// How many repeats the suite has.
  public let count: Int
  /// Results of the repeats that are done, in order.
  public let done: [CellRecord]
  /// How the other repeats ended: `failed`, `diverged` or `missing`.
  public let others: [String]

  /// The axes of the judged outcome; empty if no repeat is done.
  public var axes: [OutcomeAxis] { done.first?.test.judged?.axes ?? [] }

  /// The largest number of adaptation steps that was tested; nil where the judged outcome has none.
  public var steps: Int? {
    axes.first { $0.name == OutcomeAxis.steps }.flatMap(\.places.last).map(Int.init)
  }

  /// The numbers of every repeat, `[repeats][units]`, of the repeats that have them. Where a half-width
  /// decides how many units there are, those that all repeats have.
  public func values(by measure: Measure) -> [[Double]] {
    let runs = done.compactMap { $0.test.values(by: measure) }.filter { !$0.isEmpty }
    guard cell.stoppingRule != nil, let count = runs.map(\.count).min() else { return runs }
    return runs.map { Array($0.prefix(count)) }
  }

  /// Whether all repeats that are done were tested on the same units. Where a half-width decides how
  /// many there are, those count that all have.
  public var sharesEpisodes: Bool {
    let digests = done.map(\.test.digests)
    guard let least = digests.map(\.count).min() else { return true }
    return digests.allSatisfy { own in
      own.prefix(least) == digests[0].prefix(least)
        && (cell.stoppingRule != nil || own.count == least)
    }
  }

  /// How repeats ended that have no score though they were run, as in `7 diverged, 1 failed`; nil if
  /// there are none. The others are then no sample of what training gives: they are its survivors.
  public var casualties: String? { Casualties.words(others) }

  /// How many repeats are done, and what became of the others, as in `1 of 8; 7 diverged`; nil if all are
  /// done.
  public var standing: String? {
    done.count == count ? nil : Casualties.standing(done.count, of: count, casualties)
  }
}

extension CellFamily {
  /// The families of a suite in the order of its cells.
  ///
  /// - Parameter records: Those that do not count (see ``CountedResults``) are not looked at.
  public static func all(of suite: Suite, records: [CellRecord]) -> [CellFamily] {
    let counted = CountedResults(records, of: suite).records
    let byCell = Dictionary(counted.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let families = Dictionary(grouping: suite.cells, by: \.family)
    return suite.cells.filter { $0.id == families[$0.family]![0].id }.map { first in
      let cells = families[first.family]!
      let found = cells.map { byCell[$0.id] }
      let done = found.compactMap { $0?.status == .done ? $0 : nil }
      return CellFamily(
        cell: first.choosing(done.first?.tuning?.chosen), count: cells.count, done: done,
        others: found.compactMap { record in
          guard let record else { return "missing" }
          return record.status == .done ? nil : record.status.name
        })
    }
  }
}
