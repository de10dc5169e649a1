/// The suite files that the program is run on.
enum SuiteText {
  /// Three kinds of cells, together about two seconds.
  static let small = """
    suite: small
    version: 1
    seed: 11
    grid:
      - { algorithm: [maml, fine-tuning], dataset: sinusoid, shot: 5 }
      - { algorithm: [fomaml, protonet], dataset: gaussians, way: 3, shot: 1 }
    protocol:
      train: { iterations: 300, metaBatch: 8, query: 5, validateEvery: 100, validationEpisodes: 20 }
      test: { episodes: 200, query: 10 }
    override:
      - { when: { dataset: gaussians }, set: { network: no-conv } }
    report:
      tables: [ { rows: algorithm, columns: [way, shot] } ]

    """

  /// One cell that takes minutes.
  static let long = """
    suite: long
    version: 1
    seed: 1
    grid: { algorithm: maml, dataset: gaussians, way: 5, shot: 5 }
    protocol:
      train: { iterations: 1000000, metaBatch: 8, query: 5 }
      test: { episodes: 10, query: 5 }
    settings: { maml: { network: no-conv } }

    """

  /// A cell whose first inner step is far too large, and one that can be run.
  static let failing = """
    suite: failing
    version: 1
    seed: 1
    grid:
      - { algorithm: maml, dataset: sinusoid, shot: 5 }
      - { algorithm: nearest-neighbor, dataset: gaussians, way: 2, shot: 1 }
    protocol:
      train: { iterations: 2, metaBatch: 2, query: 1 }
      test: { episodes: 5, query: 1 }
    settings: { maml: { innerRate: 1.0e+30 } }

    """

  /// A dataset that has to be imported.
  static let omniglot = """
    suite: omniglot
    version: 1
    seed: 1
    grid: { algorithm: protonet, dataset: omniglot, way: 5, shot: 1 }
    protocol:
      train: { iterations: 10, metaBatch: 1, query: 5 }
      test: { episodes: 10, query: 5 }

    """

  /// Second-order meta-gradients of a small convolutional network, four tasks per iteration.
  static let secondOrder = """
    suite: second-order
    version: 1
    seed: 1
    grid: { algorithm: maml, dataset: strokes, way: 2, shot: 1 }
    protocol:
      train: { iterations: 100000, metaBatch: 4, query: 1 }
      test: { episodes: 10, query: 1 }
    settings: { maml: { filters: 8 } }

    """
}
