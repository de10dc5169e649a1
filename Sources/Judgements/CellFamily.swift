import Results
import Suites

/// All repeats of one cell of a suite, with what came out of them.
public struct CellFamily: Sendable {
  /// The first repeat; the others differ from it by `repetition` only.
  public let cell: Cell
  /// How many repeats the suite has.
  public let count: Int
  /// Results of the repeats that are done, in order.
  public let done: [CellRecord]
  /// How the other repeats ended: `failed`, `diverged` or `missing`.
  public let others: [String]

  /// The largest number of adaptation steps that was tested.
  public var steps: Int { done.map(\.test.steps).max() ?? 0 }
}

extension CellFamily {
  /// The families of a suite in the order of its cells.
  public static func all(of suite: Suite, records: [CellRecord]) -> [CellFamily] {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    let families = Dictionary(grouping: suite.cells, by: \.family)
    return suite.cells.filter { $0.id == families[$0.family]![0].id }.map { first in
      let cells = families[first.family]!
      let found = cells.map { byCell[$0.id] }
      return CellFamily(
        cell: first, count: cells.count,
        done: found.compactMap { $0?.status == .done ? $0 : nil },
        others: found.compactMap { record in
          guard let record else { return "missing" }
          return record.status == .done ? nil : record.status.name
        })
    }
  }
}
