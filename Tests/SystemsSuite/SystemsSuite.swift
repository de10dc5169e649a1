import FewShot

/// A suite of every system that is registered, on points and on drawings, and a claim about each kind.
public let systemsSuite = """
  suite: systems
  version: 1
  seed: 12
  grid:
    - { algorithm: [\(systems(regression: true))], dataset: sinusoid, shot: 5 }
    - { algorithm: [\(systems(regression: false))], dataset: strokes, way: 3, shot: 2 }
  protocol:
    train: { iterations: 12, metaBatch: 5, query: 3, validateEvery: 4, validationEpisodes: 4 }
    test: { episodes: 12, query: 4 }
  settings:
    protonet: { trainWay: 5 }
    neural-statistician: { hidden: 16, trainWay: 3 }
    relation-nets: { trainQuery: 3, filters: 6 }
    multi-task: { regressorSteps: 5 }
    reptile: { testSteps: 3, testBatch: 4 }
    nearest-neighbor: { features: pretrained }
  override:
    - { when: { dataset: strokes, network: conv }, set: { filters: 6 } }
  report:
    tables: [ { rows: algorithm, columns: [way, shot] } ]
  claims:
    - { id: errors, says: "errors are positive", left: { dataset: sinusoid }, atLeast: 0 }
    - { id: accuracies, says: "accuracies are positive", left: { dataset: strokes }, atLeast: 0 }

  """

private func systems(regression isRegression: Bool) -> String {
  AlgorithmRegistry.all.filter { $0.supports(regression: isRegression) }.map(\.name)
    .joined(separator: ", ")
}
