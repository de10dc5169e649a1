import Registry
import Suites

/// A small suite of each kind of experiment, by the kind's name. A new kind adds one here.
enum KindSuites {
  static let names = KindRegistry.all.map(\.description.name)

  static func suite(of kind: String) throws -> Suite {
    guard let text = texts[kind] else { throw Missing(kind: kind) }
    return try Suite(
      yaml: "suite: kinds\nversion: 1\nseed: 7\n" + text, file: "\(kind).yaml", catalog: .standard)
  }

  /// There is a kind that no test here runs.
  struct Missing: Error {
    let kind: String
  }

  private static let texts = [
    "few-shot": """
      grid: { algorithm: [maml, protonet], dataset: gaussians, way: 2, shot: 1, repeat: 2 }
      protocol:
        train: { iterations: 12, metaBatch: 3, query: 2, validateEvery: 6, validationEpisodes: 3 }
        test: { episodes: 60, query: 3 }
      settings: { protonet: { trainWay: 3 } }
      tune: { budget: { trials: 2, iterations: 4, units: 5 }, maml: { innerRate: [0.01, 0.1, 0.4] } }
      override: [ { when: { dataset: gaussians }, set: { network: no-conv } } ]
      claims:
        - { id: A, says: s, left: { algorithm: maml }, minus: { algorithm: protonet }, atLeast: -1 }
        - { id: B, says: s, left: { algorithm: maml, at: { steps: 1 } }, minus: { algorithm: maml, at: { steps: 0 } }, atLeast: -1 }
      report:
        tables: [ { rows: algorithm, columns: [way, shot] } ]
        curves: [ { y: test/accuracy, x: steps, by: algorithm }, { y: validation/accuracy, x: iteration, by: algorithm } ]
      gate: { margin: 0.1 }
      """,
    "online-sequences": """
      grid: { algorithm: [black-box, counting, mann, memory-module], dataset: gaussians, classes: 2, showings: 3, repeat: 2 }
      protocol:
        kind: online-sequences
        train: { iterations: 12, batch: 4, validateEvery: 6, validationSequences: 3 }
        test: { sequences: 60 }
      tune: { budget: { trials: 2, iterations: 4, units: 5 }, black-box: { hidden: [8, 4], metaRate: [0.001] } }
      settings: { mann: { hidden: 8, slots: 6, width: 4 }, memory-module: { width: 8, slots: 20 } }
      claims:
        - { id: A, says: s, left: { algorithm: black-box }, minus: { algorithm: counting }, atLeast: -1 }
        - { id: B, says: s, left: { algorithm: black-box, at: { showing: 2 } }, minus: { algorithm: black-box, at: { showing: 1 } }, atLeast: -1 }
      report:
        tables: [ { rows: algorithm, columns: [classes], at: { showing: [1, 3] } } ]
        curves: [ { y: test/accuracy, x: showing, by: algorithm }, { y: validation/accuracy, x: iteration, by: algorithm } ]
      gate: { margin: 0.1 }
      """,
    "continual": """
      grid: { algorithm: [ewc, sgd], dataset: digits, tasks: 3, repeat: 2 }
      protocol:
        kind: continual
        train: { images: 100, epochs: 2, batch: 20, layers: 1, width: 8 }
        test: { orders: 4, images: 50 }
      tune: { budget: { trials: 2, units: 2 }, ewc: { lambda: [1, 10] } }
      claims:
        - { id: A, says: s, left: { algorithm: ewc }, minus: { algorithm: sgd }, atLeast: -1 }
        - { id: B, says: s, left: { algorithm: ewc, at: { learned: 2 } }, minus: { algorithm: ewc, at: { learned: 1 } }, atLeast: -1 }
      report:
        tables: [ { rows: algorithm, columns: [tasks], at: { learned: [1, 3] } } ]
        curves: [ { y: test/average-accuracy, x: learned, by: algorithm } ]
      gate: { margin: 0.1 }
      """,
    "transfer": """
      grid:
        - { algorithm: [transfer, { name: transfer, layers: head }, from-scratch], dataset: gaussians, target: 6, images: 5, repeat: 2 }
      protocol:
        kind: transfer
        train: { sourceClasses: 8, iterations: 12, groups: 4, validateEvery: 6 }
        test: { draws: 4, steps: 20, every: 5 }
      tune: { budget: { trials: 2, iterations: 4, units: 2 }, transfer: { rate: [0.01, 0.001] } }
      claims:
        - { id: A, says: s, left: { algorithm: transfer, layers: all }, minus: { algorithm: from-scratch }, atLeast: -1 }
        - { id: B, says: s, left: { algorithm: from-scratch, at: { steps: 20 } }, minus: { algorithm: from-scratch, at: { steps: 0 } }, atLeast: -1 }
        - { id: C, says: s, quantity: steps-to-90, left: { algorithm: from-scratch }, atLeast: 0 }
      report:
        tables: [ { rows: algorithm, columns: [target, images], at: { steps: [0, 20] } }, { rows: algorithm, columns: [target], outcome: steps-to-90 } ]
        curves: [ { y: test/accuracy, x: steps, by: algorithm }, { y: validation/accuracy, x: iteration, by: algorithm } ]
      gate: { margin: 0.1 }
      """,
    "neural-process": """
      grid: { algorithm: [cnp, np, nearest-neighbor], dataset: gp-curves, targets: 10, repeat: 2 }
      protocol:
        kind: neural-process
        train: { iterations: 12, batch: 4, validateEvery: 6, validationFunctions: 3 }
        test: { functions: 60 }
      settings: { np: { width: 8, draws: 3 } }
      tune: { budget: { trials: 2, iterations: 4, units: 5 }, cnp: { width: [8, 4], metaRate: [0.001] } }
      claims:
        - { id: A, says: s, left: { algorithm: cnp }, minus: { algorithm: np }, atLeast: -9 }
        - { id: B, says: s, quantity: mse, left: { algorithm: cnp, at: { contexts: 10 } }, minus: { algorithm: cnp, at: { contexts: 1 } }, atLeast: -9 }
      report:
        tables: [ { rows: algorithm, columns: [targets], at: { contexts: [1, 10] } } ]
        curves: [ { y: test/mse, x: contexts, by: algorithm }, { y: validation/nll, x: iteration, by: algorithm } ]
      gate: { margin: 0.1 }
      """,
    "alphabet-trials": """
      grid: { algorithm: [siamese, nearest-neighbor], dataset: strokes, way: 5, repeat: 2 }
      protocol:
        kind: alphabet-trials
        train: { iterations: 6, batch: 6, validateEvery: 3 }
        test: { alphabets: 4, runs: 2, pairs: 10 }
      settings: { siamese: { network: dense } }
      tune: { budget: { trials: 2, iterations: 2, units: 2 }, siamese: { metaRate: [0.01, 0.1] } }
      claims:
        - { id: A, says: s, left: { algorithm: siamese }, minus: { algorithm: nearest-neighbor }, atLeast: -1 }
        - { id: B, says: s, left: { algorithm: siamese }, quantity: verification-accuracy, atLeast: 0 }
      report:
        tables: [ { rows: algorithm, columns: [way] } ]
        curves: [ { y: validation/accuracy, x: iteration, by: algorithm } ]
      gate: { margin: 0.5 }
      """,
  ]
}
