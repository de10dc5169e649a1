import Episodes
import Kinds
import Randomness
import Sequences
import Tensors

/// Sources and sequences that tests share.
enum Samples {
  /// Cheap classes: clouds in 20 dimensions.
  static let clouds: any EpisodeSource = GaussianClasses(part: .test)

  /// Waves.
  static let waves: any EpisodeSource = SinusoidTasks()

  static func stream(_ index: Int) -> RandomStream { RandomStream(seed: 5).child("sequence", index) }

  /// Sequences of clouds.
  static func sequences(_ count: Int, classes: Int, showings: Int) -> [OnlineSequence] {
    (0..<count).map {
      clouds.sequence(SequenceShape(classes: classes, showings: showings), from: stream($0))
    }
  }

  /// The labels of a sequence.
  static func labels(_ sequence: OnlineSequence) -> [Int] {
    guard case .classes(let labels, _) = sequence.examples.targets else { return [] }
    return labels
  }

  // MARK: Cells

  static let kind = RegisteredKind(OnlineSequences.self, systems: OnlineSequences.systems)

  /// A cell of five iterations of three sequences, and four test sequences.
  static func plan(
    _ system: RegisteredSystem, on dataset: String = "gaussians", classes: Int = 2,
    showings: Int = 3, validateEvery: Int = 0
  ) throws -> CellPlan {
    let dataset = Datasets.named(dataset)!
    var axes = Settings(kind.description.axes(dataset))
    axes.set("classes", to: .integer(classes))
    axes.set("showings", to: .integer(showings))
    var training = Settings(kind.description.training)
    training.set("iterations", to: .integer(5))
    training.set("batch", to: .integer(3))
    training.set("validateEvery", to: .integer(validateEvery))
    var testing = Settings(kind.description.testing)
    testing.set("sequences", to: .integer(4))
    return try system.plan(
      CellValues(
        system: system.name, dataset: dataset, split: dataset.splits[0], axes: axes,
        training: training, testing: testing, settings: Settings(system.settings(dataset)!), given: []))
  }

  static func context(_ source: any EpisodeSource) -> RunContext {
    let root = RandomStream(seed: 1)
    return RunContext(
      source: { _ in source }, unit: { root.child($1.rawValue, $0) },
      unitNoise: { root.child("noise of \($1.rawValue)", $0) }, weights: root.child("weights"),
      order: root.child("order"), noise: root.child("noise"))
  }
}

/// Classes that are easy to tell apart: each is a row of eight signs, drawn anew for every episode.
struct SignPatterns: EpisodeSource {
  let inputKind = InputKind.vectors(8)
  let classCount: Int? = 256
  let digest = "signs"

  func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
    var random = stream.generator()
    let patterns = random.sample(shape.way, from: 256)
    func examples(_ perClass: Int) -> Examples {
      let labels = (0..<shape.way * perClass).map { $0 / perClass }
      let inputs = labels.flatMap { label in
        (0..<8).map { bit in patterns[label] >> bit & 1 == 1 ? Float(1) : -1 }
      }
      return Examples(
        inputs: Tensor([labels.count, 8], inputs), targets: .classes(labels, of: shape.way))
    }
    return Episode(support: examples(shape.shot), query: examples(shape.query))
  }

  func batch(_ count: Int, from stream: RandomStream) -> Examples {
    episode(EpisodeShape(way: count, shot: 1, query: 0), from: stream).support
  }
}
