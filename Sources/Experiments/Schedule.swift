import Suites

/// How the cells of a run are spread over threads. It never reaches a result.
///
/// A thread that has a cell for itself waits for nobody: a third more gets done than when the tasks
/// of each cell are spread over two threads. So cells run side by side where there are enough of
/// them; of fewer, only those do whose work cannot be spread, as of regression's small networks.
public struct Schedule: Sendable {
  /// Cells that run at the same time, one thread each, begun in this order.
  public let sideBySide: [Cell]
  /// Cells that follow one after the other, the tasks of each spread over all threads.
  public let inTurn: [Cell]
  private let threads: Int

  /// The schedule of these cells, in their order.
  public init(_ cells: [Cell], threads: Int) {
    let areEnough = cells.count >= threads
    sideBySide = cells.filter { areEnough || !$0.plan.effort.spreads }
    inTurn = cells.filter { !(areEnough || !$0.plan.effort.spreads) }
    self.threads = threads
  }

  /// About how many seconds all cells take, from what each takes in its place.
  public func seconds(_ seconds: (Cell) -> Double) -> Double {
    sideBySide.reduce(0) { $0 + seconds($1) } / Double(max(1, min(threads, sideBySide.count)))
      + inTurn.reduce(0) { $0 + seconds($1) }
  }
}
