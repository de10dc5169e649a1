import Kinds
import Results
import Suites

extension CellRecord {
  /// A cell's record, with nothing in it but who the cell is and how it ended.
  public init(
    _ cell: Cell, in suite: String, provenance: String, status: Status, test: TestOutcomes
  ) {
    self.init(
      suite: suite, cell: cell.id, kind: cell.kind, algorithm: cell.algorithm,
      variant: cell.variantSlug, dataset: cell.dataset, split: cell.split, task: cell.task,
      coordinates: cell.plan.coordinates, repetition: cell.repetition,
      unit: cell.plan.description.unit, metric: cell.metric, configuration: cell.configuration,
      provenance: provenance, status: status, test: test)
  }
}
