import FewShotCells
import Results
import Suites

/// A suite of few cells with the given claims: `maml`, `fomaml` and `nearest-neighbor` on
/// `gaussians` with 1 and 5 shots, and `maml` and `fine-tuning` on `sinusoid`.
///
/// - Parameter learner: What stands in the place of `maml` on `gaussians`.
func claimsSuite(_ claims: String, repeats: Int = 1, learner: String = "maml") throws -> Suite {
  try Suite(
    yaml: """
      suite: sample
      version: 1
      seed: 1
      grid:
        - { algorithm: [\(learner), fomaml, nearest-neighbor], dataset: gaussians, way: 2, shot: [1, 5],
            repeat: \(repeats) }
        - { algorithm: [maml, fine-tuning], dataset: sinusoid, shot: 5, repeat: \(repeats) }
      protocol:
        train: { iterations: 10, metaBatch: 2, query: 2 }
        test: { episodes: 30, query: 2 }
      override:
        - { when: { dataset: gaussians }, set: { network: no-conv } }
      claims:
      \(claims)
      """, file: "sample.yaml")
}

/// A result of a suite's cell: `scores` are `[episodes, steps + 1]`. Episodes have their numbers
/// for digests, offset by the shot, so that other shots have other episodes.
func record(
  of cell: Cell, _ scores: [Double], steps: Int = 0, digests: [UInt64]? = nil,
  diagnostics: [TestDiagnostic] = [], seconds: Double? = nil, cpu: String = "one",
  status: CellRecord.Status = .done
) -> CellRecord {
  let episodes = scores.count / (steps + 1)
  return CellRecord(
    suite: "sample", cell: cell.id, algorithm: cell.algorithm, dataset: cell.dataset,
    split: cell.split, way: cell.way, shot: cell.shot, query: cell.query,
    repetition: cell.repetition, metric: cell.metric.name, configuration: cell.configuration,
    provenance: Provenance(
      version: "0.1", commit: "", swift: "", system: "", cpu: cpu, cpuFlags: [], threads: 2,
      kernels: "", data: [:]
    ).json, status: status,
    test: TestOutcomes(
      scores: scores, steps: steps,
      digests: digests ?? (0..<episodes).map { UInt64(1000 * cell.shot + $0) },
      diagnostics: diagnostics),
    training: seconds.map { [TrainingRecord(iteration: 10, loss: 0.5, seconds: $0)] } ?? [])
}
