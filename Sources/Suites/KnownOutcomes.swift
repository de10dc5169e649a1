import Kinds
import Measures

/// What the tests of some cells will tell, as far as that is known before there are results.
struct KnownOutcomes {
  private let cells: [Cell]
  private let kind: RegisteredKind

  init(of cells: [Cell], kind: RegisteredKind) {
    self.cells = cells
    self.kind = kind
  }

  /// The outcomes that at least one cell has.
  var names: [String] { cells.flatMap(names).distinct() }

  /// Those of a cell's plan, and what its system records or once did.
  private func names(of cell: Cell) -> [String] {
    let system = kind.system(named: cell.algorithm)
    return cell.plan.metrics.map(\.name) + (system?.records ?? []) + (system?.retiredRecords ?? [])
  }

  /// The axes of an outcome, each with the places that at least one cell has; nil where they are not known
  /// of every cell that has the outcome.
  ///
  /// - Parameter outcome: The judged one if nil.
  func axes(of outcome: String?) -> [OutcomeAxis]? {
    var axes: [OutcomeAxis] = []
    for cell in cells {
      let name = outcome ?? cell.metric.name
      guard names(of: cell).contains(name) else { continue }
      // A cell that chooses settings may have the places of any choice.
      for plan in cell.tuning?.trials.map(\.whole) ?? [cell.plan] {
        guard let own = plan.axes[name] else { return nil }
        axes = own.reduce(axes, Self.adding)
      }
    }
    return axes
  }

  private static func adding(_ axes: [OutcomeAxis], _ axis: OutcomeAxis) -> [OutcomeAxis] {
    guard let index = axes.firstIndex(where: { $0.name == axis.name }) else { return axes + [axis] }
    var axes = axes
    axes[index] = OutcomeAxis(axis.name, Set(axes[index].places + axis.places).sorted())
    return axes
  }
}
