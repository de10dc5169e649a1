import Episodes
import FewShot
import Kinds
import NeuralProcesses
import Randomness
import Sequences

extension Workload {
  static let all: [Workload] = {
    let strided = { Operations(side: 28, channels: 1, filters: 64, pooled: false, features: 64, outputs: $0) }
    let pooled = Operations(side: 28, channels: 1, filters: 64, pooled: true, features: 64, outputs: 0)
    let mini = Operations(side: 84, channels: 3, filters: 32, pooled: true, features: 800, outputs: 5)
    let sine = Operations(widths: [1, 40, 40, 1])

    func maml(_ firstOrder: Bool) -> Workload {
      training(
        firstOrder ? "fomaml-5way" : "maml-5way",
        "\(firstOrder ? "FOMAML" : "MAML second order"), Omniglot strided conv, 5-way 1-shot, query 1, "
          + "meta-batch 32, 1 step",
        algorithm: firstOrder ? "fomaml" : "maml", on: omniglot,
        shape: EpisodeShape(way: 5, shot: 1, query: 1), metaBatch: 32, unitsPerIteration: 32,
        operations: strided(5).maml(support: 5, query: 5, steps: 1, firstOrder: firstOrder),
        peers: ["vmap", "loop"].map {
          ["maml_torch.py", $0, "5", "1", "1", "32", "1", firstOrder ? "1" : "0", "SECONDS"]
        }, target: 4)
    }

    func protonet(way: Int, query: Int) -> Workload {
      let images = way * (1 + query)
      return training(
        "protonet-\(way)way", "ProtoNet training, Conv4 max-pool, \(way)-way 1-shot, query \(query)",
        algorithm: "protonet", on: omniglot,
        settings: ["trainWay": .integer(way), "trainQuery": .integer(query)],
        shape: EpisodeShape(way: 5, shot: 1, query: 15), metaBatch: 1, unit: .images,
        unitsPerIteration: images, operations: pooled.forward + pooled.backward,
        peers: [["protonet_torch.py", "\(way)", "1", "\(query)", "SECONDS"]], target: 5)
    }

    func matching(_ context: String) -> Workload {
      training(
        "matching-\(context)", "matching networks' training, Conv4 max-pool, 20-way 1-shot, query 5, context \(context)",
        algorithm: "matching-nets", on: omniglot, settings: ["context": .text(context)],
        shape: EpisodeShape(way: 5, shot: 1, query: 15), metaBatch: 1, unit: .images,
        unitsPerIteration: 20 * (1 + 5), operations: pooled.forward + pooled.backward,
        peers: [["matching_torch.py", context, "20", "1", "5", "SECONDS"]], target: 3)
    }

    func sinusoid(steps: Int) -> Workload {
      training(
        "sine-\(steps)", "sine MAML, K = 10, meta-batch 25, \(steps) step\(steps == 1 ? "" : "s")",
        algorithm: "maml", on: { SinusoidTasks() },
        settings: ["innerSteps": .integer(steps)], shape: EpisodeShape(way: 1, shot: 10, query: 10),
        metaBatch: 25, unitsPerIteration: 25,
        operations: sine.maml(support: 10, query: 10, steps: steps, firstOrder: false),
        peers: [["sine_jax.py", "10", "25", "\(steps)", "0", "SECONDS"]], target: 1.5)
    }

    return [
      maml(false), maml(true),
      training(
        "maml-20way", "MAML second order, 20-way 1-shot, query 1, meta-batch 16, 5 steps",
        algorithm: "maml", on: omniglot,
        settings: ["innerRate": .number(0.1), "innerSteps": .integer(5)],
        shape: EpisodeShape(way: 20, shot: 1, query: 1), metaBatch: 16, unitsPerIteration: 16,
        operations: strided(20).maml(support: 20, query: 20, steps: 5, firstOrder: false),
        peers: [["maml_torch.py", "loop", "20", "1", "1", "16", "5", "0", "SECONDS"]], target: 4),
      training(
        "maml-mini",
        "MAML second order, miniImageNet conv 84x84, 5-way 1-shot, query 15, meta-batch 4, 5 steps",
        algorithm: "maml", on: miniImageNet,
        settings: [
          "innerRate": .number(0.01), "innerSteps": .integer(5), "filters": .integer(32),
        ],
        shape: EpisodeShape(way: 5, shot: 1, query: 15), metaBatch: 4, unitsPerIteration: 4,
        operations: mini.maml(support: 5, query: 75, steps: 5, firstOrder: false),
        peers: [["maml_mini_torch.py", "loop", "5", "1", "15", "4", "5", "0", "SECONDS"]], target: 3),
      protonet(way: 60, query: 5), protonet(way: 5, query: 15), matching("none"), matching("full"), cnp(),
      siamese(pairs: 32, filters: 16, features: 128),
      sinusoid(steps: 1), sinusoid(steps: 5),
      evaluation(
        "evaluation", "testing MAML, 600 Omniglot 5-way 1-shot 15-query episodes, 3 steps",
        algorithm: "maml", on: omniglot, settings: ["testSteps": .integer(3)],
        shape: EpisodeShape(way: 5, shot: 1, query: 15), episodes: 600,
        operations: strided(5).adaptation(support: 5, query: 75, steps: 3),
        peers: ["vmap", "loop"].map { ["maml_evaluation_torch.py", $0, "5", "1", "15", "600", "3"] },
        target: 4),
      mann(hidden: 200, slots: 128, width: 40, heads: 4, side: 20),
    ]
  }()

  /// MANN at the paper's size (Santoro et al. 2016).
  private static func mann(hidden: Int, slots: Int, width: Int, heads: Int, side: Int) -> Workload {
    let step = Operations(
      mannInputs: side * side + 5, hidden: hidden, slots: slots, width: width, heads: heads, classes: 5)
    let sizes = [side, hidden, slots, width, heads]
    return sequences(
      "mann", "MANN training, 5 classes shown 10 times, batch 16, \(hidden) units, memory \(slots) x \(width), "
        + "\(heads) heads, \(side)x\(side)",
      learner: { kind in
        var settings = Settings(MANN.description.settings(Datasets.named("omniglot")!)!)
        for (name, value) in zip(["side", "hidden", "slots", "width", "heads"], sizes) {
          settings.set(name, to: .integer(value))
        }
        return try MANN(settings, outputs: 5, of: kind)
      }, on: omniglot, shape: SequenceShape(classes: 5, showings: 10), batch: 16,
      operations: 50 * (step.forward + step.backward),
      peers: [
        ["mann_torch.py", "5"] + sizes.map { "\($0)" } + ["16", "SECONDS"],
        ["mann_jax.py", "5"] + sizes.map { "\($0)" } + ["16", "SECONDS"],
      ], target: 3)
  }

  /// Training a conditional neural process on curves: sampling, gradient, and the optimizer's step.
  private static func cnp() -> Workload {
    let (functions, points, contexts, width) = (16, 20, 3...10, 128)
    let encoder = Operations(widths: [2, width, width, width])
    let once = Operations(widths: [width, width])
    let decoder = Operations(widths: [1, width, width, 2])
    return Workload(
      name: "cnp", title: "conditional neural process, 16 curves of 20 points, 3 to 10 told, 128 units",
      unit: .tasks, unitsPerIteration: functions,
      operations: Double(contexts.lowerBound + contexts.upperBound) / 2 * (encoder.forward + encoder.backward)
        + 6 * once.forward + Double(points) * (decoder.forward + decoder.backward),
      peers: [["cnp_torch.py", "SECONDS"], ["cnp_jax.py", "SECONDS"]], target: 3
    ) {
      let source = FunctionSource(GaussianCurves())!
      let learner = ConditionalNeuralProcess(
        ProcessNetworks(coordinates: 1, outputs: 1, width: width), rate: 0.001)
      let root = RandomStream(seed: 1)
      var learned = learner.begin(from: root.child("weights"))
      return { iteration in
        let batch = source.batch(
          functions, points: points, contexts: contexts, iteration: iteration, order: root.child("order"))
        _ = learner.train(&learned, on: batch, noise: root.child("noise", iteration))
      }
    }
  }

  /// Random images of Omniglot's shape: 1,028 classes of 20 drawings, in four rotations.
  private static func omniglot() -> any EpisodeSource {
    ClassImages(
      pixels: noise(1028 * 20 * 28 * 28), examplesPerClass: 20, channels: 1, height: 28, width: 28,
      rotations: 4)
  }

  /// Random images of miniImageNet's shape: 64 classes, of which 16 images each are enough.
  private static func miniImageNet() -> any EpisodeSource {
    ClassImages(
      pixels: noise(64 * 16 * 84 * 84 * 3), examplesPerClass: 16, channels: 3, height: 84, width: 84)
  }

  private static func noise(_ count: Int) -> [UInt8] {
    var generator = RandomStream(seed: 1).child("noise").generator()
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.integer(below: 256)) }
  }
}
