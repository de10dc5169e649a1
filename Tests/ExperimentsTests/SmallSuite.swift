import Suites
import SystemsSuite

extension Suite {
  /// Most kinds of learners and of generated datasets, with networks so small that it takes seconds.
  static let small = try! Suite(yaml: smallText, file: "small.yaml", catalog: .standard)

  /// Every system that is registered, on points and on drawings.
  static let systems = try! Suite(yaml: systemsSuite, file: "systems.yaml", catalog: .standard)

  /// A cell whose first inner step is far too large.
  static let failing = try! Suite(
    yaml: """
      suite: failing
      version: 1
      seed: 1
      grid: { algorithm: maml, dataset: sinusoid, shot: 5 }
      protocol:
        train: { iterations: 2, metaBatch: 2, query: 1 }
        test: { episodes: 2, query: 1 }
      settings: { maml: { innerRate: 1.0e+30 } }
      """, file: "failing.yaml", catalog: .standard)

  /// A dataset that has to be imported.
  static let imported = try! Suite(
    yaml: """
      suite: imported
      version: 1
      seed: 1
      grid: { algorithm: maml, dataset: omniglot, way: 2, shot: 1 }
      protocol:
        train: { iterations: 2, metaBatch: 2, query: 1 }
        test: { episodes: 2, query: 1 }
      """, file: "imported.yaml", catalog: .standard)
}

private let smallText = """
  suite: small
  version: 1
  seed: 11
  grid:
    - { algorithm: [maml, fomaml, fine-tuning], dataset: sinusoid, shot: 5 }
    - algorithm: [maml, protonet, { name: nearest-neighbor, features: [pixels, pretrained] }]
      dataset: gaussians
      way: 3
      shot: 1
    - { algorithm: [maml, fomaml, protonet, fine-tuning], dataset: strokes, way: 2, shot: 1 }
    # Batches so large that their images and channels are spread over threads.
    - algorithm: [{ name: protonet, filters: 32, trainWay: 20 }, { name: fine-tuning, pretrainBatch: 64, filters: 32 }]
      dataset: strokes
      way: 2
      shot: 1
  protocol:
    train: { iterations: 12, metaBatch: 5, query: 3, validateEvery: 5, validationEpisodes: 4 }
    test: { episodes: 60, query: 4 }
  settings:
    maml: { filters: 6 }
    fomaml: { filters: 6 }
    protonet: { filters: 6, trainWay: 5 }
    fine-tuning: { filters: 6, pretrainBatch: 16 }
    nearest-neighbor: { pretrainBatch: 16 }
  override:
    - { when: { dataset: gaussians }, set: { network: no-conv } }
  """
