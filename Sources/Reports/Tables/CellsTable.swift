import Kinds
import Measures
import Results
import Statistics
import Suites

/// `cells.csv`: every cell of the suite, one line for each place of each outcome of its kind, as for each
/// number of adaptation steps.
struct CellsTable {
  private let suite: Suite
  private let records: [String: CellRecord]
  /// The names of what units are addressed by, as way, shot and query.
  private let coordinates: [String]
  /// The names of the axes of all outcomes.
  private let axes: [String]

  init(_ suite: Suite, _ records: [CellRecord]) {
    self.suite = suite
    self.records = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    coordinates = suite.cells.flatMap { $0.plan.coordinates.entries.map(\.name) }.distinct()
    let outcomes = suite.kind.outcomes
    axes = records.flatMap { $0.test.arrays.filter { outcomes.contains($0.metric.name) } }
      .flatMap { $0.axes.map(\.name) }.distinct()
  }

  private var header: [String] {
    ["suite", "cell", "algorithm", "variant", "dataset", "split"] + coordinates + ["repeat", "metric"]
      + axes + ["mean", "ci95", "n", "train_seconds", "status"]
  }

  /// `algorithm` is the name in the registry, `variant` what sets the cell apart from others of it. Shares,
  /// as accuracies, are in 0...1; `ci95` is the half-width over the cell's own units (Student t). Cells that
  /// are not done have one line without numbers.
  ///
  /// - Complexity: O(scores).
  var csv: String {
    CSV.line(header) + suite.cells.map(lines).joined()
  }

  private func lines(_ cell: Cell) -> String {
    let record = records[cell.id]
    let start = [suite.name, cell.id, cell.algorithm, cell.variantSlug, cell.dataset, cell.split]
      + coordinates.map { cell.plan.coordinates[$0]?.description ?? "" } + ["\(cell.repetition)"]
    let seconds = record?.training.last.map { Format.fixed($0.seconds, 3) } ?? ""
    guard let record, record.status == .done, record.test.units > 0 else {
      let empty = [cell.metric.name] + axes.map { _ in "" } + ["", "", "0", seconds]
      return CSV.line(start + empty + [record?.status.name ?? "missing"])
    }
    let outcomes = record.test.arrays.filter { suite.kind.outcomes.contains($0.metric.name) }
    return outcomes.map { array in
      array.measures.map { measure in
        let interval = array.values(by: measure).flatMap { Interval(of: $0, over: .episodes) }
        return CSV.line(
          start + [array.metric.name] + axes.map { axis in array.label(of: axis, in: measure) }
            + [
              CSV.number(interval?.mean), CSV.number(interval?.halfWidth), "\(interval?.count ?? 0)",
              seconds, record.status.name,
            ])
      }.joined()
    }.joined()
  }
}

extension OutcomeArray {
  /// Every place of it, one by one, in row-major order.
  fileprivate var measures: [Measure] {
    axes.reduce([Measure(outcome: metric.name)]) { measures, axis in
      measures.flatMap { measure in
        axis.places.map { place in
          var measure = measure
          measure.at[axis.name] = place
          return measure
        }
      }
    }
  }

  /// The place on an axis in words; empty if it has no such axis.
  fileprivate func label(of name: String, in measure: Measure) -> String {
    guard let axis = axes.first(where: { $0.name == name }), let place = measure.at[name],
      let index = axis.places.firstIndex(of: place)
    else { return "" }
    return axis.label(index)
  }
}
