import AlphabetTrials
import Episodes
import FewShot
import Foundation
import Kinds
import Measures
import Randomness
import Sequences
import Tensors

/// One thing that users wait for, and what it costs.
struct Workload: Sendable {
  /// What is counted.
  enum Unit: String, Sendable { case tasks, images, episodes, sequences }

  /// For example `maml-5way`.
  let name: String
  let title: String
  let unit: Unit
  /// Units of one iteration.
  let unitsPerIteration: Int
  /// Floating-point operations of one unit: of products and convolutions, a multiplication and an
  /// addition counted as two.
  let operations: Double
  /// The peer programs with their arguments, of which the fastest counts.
  let peers: [[String]]
  /// What has to be reached: the ratio to the best peer.
  let target: Double
  /// Makes one iteration out of nothing.
  let start: @Sendable () throws -> (_ iteration: Int) -> Void
}

extension Workload {
  /// Training through the public interface: sampling, gradient, and the optimizer's step.
  static func training(
    _ name: String, _ title: String, algorithm: String, on source: @escaping @Sendable () -> any EpisodeSource,
    settings: [String: SettingValue] = [:], shape: EpisodeShape, metaBatch: Int, unit: Unit = .tasks,
    unitsPerIteration: Int, operations: Double, peers: [[String]], target: Double
  ) -> Workload {
    Workload(
      name: name, title: title, unit: unit, unitsPerIteration: unitsPerIteration,
      operations: operations, peers: peers, target: target
    ) {
      let source = source()
      let learner = try learner(algorithm, settings, shape, metaBatch, source)
      let root = RandomStream(seed: 1)
      let tasks = TrainingTasks(source: source, order: root.child("order"), noise: root.child("noise"))
      var state = learner.initialState(from: root.child("weights"))
      return { iteration in state = learner.updated(state, iteration: iteration, on: tasks).state }
    }
  }

  /// Training siamese networks on pairs of generated characters, through the kind's run.
  static func siamese(pairs: Int, filters: Int, features: Int) -> Workload {
    let twin = Operations(
      side: 28, channels: 1, blocks: [filters, 2 * filters, 2 * filters], pooled: true,
      features: 9 * 2 * filters, outputs: features)
    return Workload(
      name: "siamese", title: "siamese networks' training, \(pairs) pairs of 28x28, affine copies", unit: .images,
      unitsPerIteration: 2 * pairs, operations: twin.forward + twin.backward,
      peers: [["siamese_torch.py", "random", "\(pairs)", "\(filters)", "\(features)", "SECONDS"]], target: 3
    ) {
      let kind = RegisteredKind(AlphabetTrials.self, systems: [Siamese.description])
      let dataset = Datasets.named("strokes")!
      var training = Settings(kind.description.training)
      training.set("batch", to: .integer(pairs))
      var settings = Settings(kind.systems[0].settings(dataset)!)
      settings.set("filters", to: .integer(filters))
      settings.set("features", to: .integer(features))
      let plan = try kind.systems[0].plan(
        CellValues(
          system: "siamese", dataset: dataset, split: dataset.splits[0],
          axes: Settings(kind.description.axes(dataset)), training: training,
          testing: Settings(kind.description.testing), settings: settings, given: []))
      let sources = try Dictionary(
        uniqueKeysWithValues: Part.allCases.map { part in
          let data = URL(fileURLWithPath: "/nonexistent")
          return (part, try Datasets.open(dataset.name, split: "standard", part: part, data: data))
        })
      let root = RandomStream(seed: 1)
      return started(
        try plan.run(
          in: RunContext(
            source: { sources[$0]! }, unit: { root.child($1.rawValue, $0) },
            unitNoise: { root.child($1.rawValue, $0) }, weights: root.child("weights"),
            order: root.child("order"), noise: root.child("noise"))))
    }
  }

  private static func started(_ run: some CellRun) -> (Int) -> Void {
    var learned = run.begin()
    return { iteration in _ = try? run.train(&learned, iteration: iteration) }
  }

  /// Testing an untrained learner, an episode on each thread.
  static func evaluation(
    _ name: String, _ title: String, algorithm: String, on source: @escaping @Sendable () -> any EpisodeSource,
    settings: [String: SettingValue] = [:], shape: EpisodeShape, episodes: Int, operations: Double,
    peers: [[String]], target: Double
  ) -> Workload {
    Workload(
      name: name, title: title, unit: .episodes, unitsPerIteration: episodes,
      operations: operations, peers: peers, target: target
    ) {
      let source = source()
      let learner = try learner(algorithm, settings, shape, 1, source)
      let root = RandomStream(seed: 1)
      let state = learner.initialState(from: root.child("weights"))
      return { iteration in
        _ = Workers.map(episodes) { index in
          let episode = source.episode(shape, from: root.child("episode", iteration, index))
          return learner.adapted(state, to: episode.support, noise: RandomStream(seed: 3))
            .predictions(for: episode.query.inputs).map { episode.query.targets.score($0) }
        }
      }
    }
  }

  /// Training a learner of online sequences: sampling, gradient, and the optimizer's step.
  static func sequences(
    _ name: String, _ title: String, learner: @escaping @Sendable (InputKind) throws -> some SequenceLearner,
    on source: @escaping @Sendable () -> any EpisodeSource, shape: SequenceShape, batch: Int,
    operations: Double, peers: [[String]], target: Double
  ) -> Workload {
    Workload(
      name: name, title: title, unit: .sequences, unitsPerIteration: batch, operations: operations,
      peers: peers, target: target
    ) {
      let source = source()
      let learner = try learner(source.inputKind)
      let root = RandomStream(seed: 1)
      var learned = learner.begin(from: root.child("weights"))
      return { iteration in
        let sequences = source.batch(batch, of: shape, iteration: iteration, order: root.child("order"))
        _ = learner.train(&learned, on: sequences, noise: root.child("noise", iteration))
      }
    }
  }

  private static func learner(
    _ algorithm: String, _ changes: [String: SettingValue], _ shape: EpisodeShape, _ metaBatch: Int,
    _ source: any EpisodeSource
  ) throws -> any Learner {
    let description = AlgorithmRegistry.named(algorithm)!
    var settings = Settings(description.settings(isRegression: source.classCount == nil))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: source.inputKind, training: shape, metaBatch: metaBatch,
        iterations: 1, trainingClasses: source.classCount, batchNorm: .queryBatch))
  }
}
