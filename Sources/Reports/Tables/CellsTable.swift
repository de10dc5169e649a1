import Results
import Statistics
import Suites

/// `cells.csv`: every cell of the suite, one line for each number of adaptation steps.
enum CellsTable {
  static let header = [
    "suite", "cell", "algorithm", "dataset", "split", "way", "shot", "query", "repeat", "metric",
    "steps", "mean", "ci95", "n", "train_seconds", "status",
  ]

  /// `algorithm` is the name in the registry; the cell's id tells its variant. Accuracies are in
  /// 0...1; `ci95` is the half-width over the cell's own episodes (Student t). Cells that are not
  /// done have one line without numbers.
  ///
  /// - Complexity: O(scores).
  static func csv(suite: Suite, records: [CellRecord]) -> String {
    let byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    var text = CSV.line(header)
    for cell in suite.cells {
      let record = byCell[cell.id]
      let start = [
        suite.name, cell.id, cell.algorithm, cell.dataset, cell.split, "\(cell.way)",
        "\(cell.shot)", "\(cell.test.query)", "\(cell.repetition)", cell.metric,
      ]
      let seconds = record?.training.last.map { Format.fixed($0.seconds, 3) } ?? ""
      guard let record, record.status == .done, record.test.episodes > 0 else {
        let status = record?.status.name ?? "missing"
        text += CSV.line(start + ["", "", "", "0", seconds, status])
        continue
      }
      for steps in 0...record.test.steps {
        let interval = Interval(of: record.test.scores(after: steps), over: .episodes)
        text += CSV.line(
          start + [
            "\(steps)", CSV.number(interval?.mean), CSV.number(interval?.halfWidth),
            "\(interval?.count ?? 0)",
            seconds, record.status.name,
          ])
      }
    }
    return text
  }
}
