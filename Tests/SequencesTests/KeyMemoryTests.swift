import Episodes
import Kinds
import Measures
import Randomness
import Sequences
import Tensors
import Testing

/// The memory of keys against plain loops over Doubles, and what must follow from its rules.
struct KeyMemoryTests {
  static let width = 4

  /// Some unit vectors: `[count, width]`.
  static func queries(_ count: Int, _ name: String) -> Tensor {
    let raw = LeastUsedMemoryTests.random([count, width], name)
    return raw / raw.squared().summed(to: [count, 1]).squareRoot()
  }

  /// One query after the other, as in section 3 of the paper, with ages that no noise moves.
  struct Scalar {
    var keys: [[Double]]
    var labels: [Int?]
    var ages: [Int]

    init(slots: Int) {
      keys = [[Double]](repeating: [Double](repeating: 0, count: width), count: slots)
      labels = [Int?](repeating: nil, count: slots)
      ages = [Int](repeating: 0, count: slots)
    }

    func likeness(_ q: [Double], _ slot: Int) -> Double { zip(q, keys[slot]).reduce(0) { $0 + $1.0 * $1.1 } }

    var full: [Int] { labels.indices.filter { labels[$0] != nil } }

    mutating func learn(_ q: [Double], _ label: Int) {
      let nearest = full.max { likeness(q, $0) < likeness(q, $1) }
      for slot in ages.indices { ages[slot] += 1 }
      if let nearest, labels[nearest] == label {
        let sum = zip(q, keys[nearest]).map { $0 + $1 }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        keys[nearest] = sum.map { $0 / length }
        ages[nearest] = 0
      } else {
        let oldest = ages.indices.max { (ages[$0], $1) < (ages[$1], $0) }!
        keys[oldest] = q
        labels[oldest] = label
        ages[oldest] = 0
      }
    }

    func margin(_ q: [Double], _ label: Int) -> Double {
      let right = full.filter { labels[$0] == label }.map { likeness(q, $0) }.max() ?? 0
      let wrong = full.filter { labels[$0] != label }.map { likeness(q, $0) }.max() ?? 0
      return max(0, wrong - right + 0.1)
    }
  }

  @Test func itIsWhatPlainLoopsMakeOfIt() {
    var memory = KeyMemory(slots: 6, width: Self.width, ageNoise: 0)
    var scalar = Scalar(slots: 6)
    var noise = RandomStream(seed: 1).generator()
    let queries = Self.queries(40, "queries")
    var recognized = 0
    for step in 0..<40 {
      let (q, label) = (queries.slice(0, step..<step + 1), step * 7 % 3)
      let numbers = q.elements.map(Double.init)
      let near = memory.neighbors(of: q, [label])
      recognized += near[0].isRecognized ? 1 : 0
      let loss = memory.marginLoss(q, near, margin: 0.1).scalar
      #expect(abs(Double(loss) - scalar.margin(numbers, label)) < 1e-6)
      memory.learn(q, [label], near, noise: &noise)
      scalar.learn(numbers, label)
      #expect(memory.labels == scalar.labels && memory.ages == scalar.ages, "step \(step)")
      for (key, expected) in zip(memory.keys, scalar.keys.joined()) {
        #expect(abs(Double(key) - expected) < 1e-6)
      }
    }
    // Both rules were needed, and rows had to be given up.
    #expect(recognized > 5 && recognized < 30)
  }

  @Test func aRightAnswerMovesItsKeyAndAWrongOneTakesTheOldestRow() {
    var memory = KeyMemory(slots: 3, width: 2, ageNoise: 0)
    var noise = RandomStream(seed: 1).generator()
    func learn(_ q: [Float], _ label: Int) {
      let q = Tensor([1, 2], q)
      memory.learn(q, [label], memory.neighbors(of: q, [label]), noise: &noise)
    }
    learn([1, 0], 4)
    #expect(memory.labels == [4, nil, nil] && memory.ages == [0, 1, 1])
    learn([0, 1], 4)
    let half = Float(0.5).squareRoot()
    #expect(memory.labels == [4, nil, nil] && memory.ages == [0, 2, 2])
    #expect(memory.keys[..<2].allSatisfy { abs($0 - half) < 1e-6 })
    learn([0, 1], 5)
    learn([-1, 0], 6)
    #expect(memory.labels == [4, 5, 6] && memory.ages == [2, 1, 0])
    learn([0, -1], 7)
    #expect(memory.labels == [7, 5, 6] && memory.ages == [0, 2, 1])
  }

  /// Noise chooses among rows whose ages are near each other, and among no others.
  @Test func noiseMovesWhichRowIsOldest() {
    func replaced(ageNoise: Double, seed: UInt64) -> Int {
      var memory = KeyMemory(slots: 6, width: 6, ageNoise: ageNoise)
      var noise = RandomStream(seed: seed).generator()
      for label in 0..<7 {
        let q = Tensor.oneHot([label % 6], classes: 6) * (label < 6 ? 1 : -1)
        memory.learn(q, [label], memory.neighbors(of: q, [label]), noise: &noise)
      }
      return memory.labels.firstIndex(of: 6)!
    }
    #expect(Set((0..<20).map { replaced(ageNoise: 0, seed: $0) }) == [0])
    #expect(Set((0..<20).map { replaced(ageNoise: 8, seed: $0) }).count > 2)
  }

  /// Several at once are as each alone.
  @Test func queriesOfOneStepTakeRowsOfTheirOwn() {
    var memory = KeyMemory(slots: 5, width: Self.width, ageNoise: 8)
    var noise = RandomStream(seed: 1).generator()
    let q = Self.queries(4, "together")
    let near = memory.neighbors(of: q, [0, 1, 2, 3])
    #expect(near.allSatisfy { !$0.isRecognized && $0.right == nil && $0.wrong == nil })
    memory.learn(q, [0, 1, 2, 3], near, noise: &noise)
    #expect(Set(memory.labels.compactMap(\.self)) == [0, 1, 2, 3])
    let answers = memory.answers(q, classes: 5)
    #expect(answers.highestClasses() == [0, 1, 2, 3])
    #expect(answers.slice(1, 4..<5).elements == [-2, -2, -2, -2])
  }

  /// Which rows are nearest is constant.
  @Test func gradientsOfTheMarginAgreeWithCentralDifferences() {
    var memory = KeyMemory(slots: 8, width: Self.width, ageNoise: 0)
    var noise = RandomStream(seed: 1).generator()
    let known = Self.queries(6, "known")
    for step in 0..<6 {
      let q = known.slice(0, step..<step + 1)
      memory.learn(q, [step % 3], memory.neighbors(of: q, [step % 3]), noise: &noise)
    }
    let (q, labels) = (Self.queries(5, "asked"), [0, 1, 2, 3, 1])
    let near = memory.neighbors(of: q, labels)
    #expect(near[3].right == nil)
    let slope = Tape.recording { tape in
      let q = tape.variable(q)
      return gradient(of: memory.marginLoss(q, near, margin: 0.1), at: [q])[0].elements
    }
    #expect(slope.contains { $0 != 0 })
    for place in slope.indices {
      func moved(_ distance: Float) -> Float {
        var numbers = q.elements
        numbers[place] += distance
        return memory.marginLoss(Tensor(q.shape, numbers), near, margin: 0.1).scalar
      }
      #expect(abs(slope[place] - (moved(1e-2) - moved(-1e-2)) / 2e-2) < 1e-3)
    }
  }
}

struct MemoryModuleTests {
  static func module(
    _ settings: [String: SettingValue] = [:], of kind: InputKind = .vectors(8)
  ) throws -> MemoryModule {
    var all = Settings(MemoryModule.description.settings(Datasets.named("gaussians")!)!)
    let small: [String: SettingValue] = ["width": .integer(8), "slots": .integer(64)]
    for (name, value) in small.merging(settings, uniquingKeysWith: { $1 }) { all.set(name, to: value) }
    return try MemoryModule(all, outputs: 2, of: kind, batch: 8)
  }

  /// Of signs a random map keeps which are equal; what is told once is known.
  @Test func itRemembersAfterOneShowingAndNotBefore() throws {
    let module = try Self.module(["embedding": .text("random")])
    #expect(!module.isTrained)
    let student = module.student(of: module.begin(from: RandomStream(seed: 1)), noise: MANNTests.noise)
    let accuracy = MANNTests.accuracy(student, SignPatterns())
    // The first answer of all is the first label, right in half of the cases; others name a label that was told.
    #expect(accuracy[0] < 0.3, "\(accuracy)")
    #expect(accuracy[1...].allSatisfy { $0 > 0.99 }, "\(accuracy)")
  }

  @Test func withAnErasedMemoryItIsAtChance() throws {
    let module = try Self.module(["embedding": .text("random")])
    let student = module.student(of: module.begin(from: RandomStream(seed: 1)), noise: MANNTests.noise)
    struct Erased<Student: SequenceStudent>: SequenceStudent {
      let fresh: Student
      mutating func answer(_ input: Tensor) -> Tensor {
        var student = fresh
        return student.answer(input)
      }
      mutating func learn(_ target: Targets) {}
    }
    let accuracy = MANNTests.accuracy(Erased(fresh: student), SignPatterns())
    #expect(accuracy.allSatisfy { abs($0 - 0.5) < 0.06 }, "\(accuracy)")
  }

  /// Signs, and as many numbers that tell nothing of the class.
  struct NoisySigns: EpisodeSource {
    let inputKind = InputKind.vectors(16)
    let classCount: Int? = 256
    let digest = "signs with noise"
    func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
      let episode = SignPatterns().episode(shape, from: stream)
      var noise = stream.child("noise").generator()
      let support = episode.support
      let numbers = Tensor([support.count, 8]) { out in
        for place in out.indices { out[place] = Float(3 * noise.normal()) }
      }
      return Episode(
        support: Examples(
          inputs: .concatenated([support.inputs, numbers], along: 1), targets: support.targets),
        query: episode.query)
    }
    func batch(_ count: Int, from stream: RandomStream) -> Examples {
      episode(EpisodeShape(way: count, shot: 1, query: 0), from: stream).support
    }
  }

  /// What makes keys learns what to look at.
  @Test func trainingMakesKeysThatAreRecognized() throws {
    let module = try Self.module(["metaRate": .number(0.003)], of: .vectors(16))
    var learned = module.begin(from: RandomStream(seed: 1))
    func accuracy() -> Double {
      MANNTests.accuracy(module.student(of: learned, noise: MANNTests.noise), NoisySigns())[1]
    }
    let before = accuracy()
    var losses: [Double] = []
    for iteration in 0..<60 {
      let batch = BlackBoxTests.batch(iteration, of: NoisySigns(), MANNTests.shape)
      losses.append(module.train(&learned, on: batch, noise: RandomStream(seed: 4).child("noise", iteration)))
    }
    let (first, last) = (losses.prefix(10).reduce(0, +), losses.suffix(10).reduce(0, +))
    #expect(last < 0.9 * first, "\(losses)")
    let after = accuracy()
    #expect(after > before + 0.1, "\(before) \(after)")
  }

  @Test func moreSequencesThanRowsAreRefused() {
    #expect(throws: PlanError.self) { try Self.module(["slots": .integer(7)]) }
  }
}
