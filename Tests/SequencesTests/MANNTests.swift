import Episodes
import Kinds
import Measures
import Networks
import Randomness
import Sequences
import Tensors
import Testing

struct MANNTests {
  /// With settings of its own, all else small.
  static func mann(
    _ settings: [String: SettingValue] = [:], outputs: Int = 2, of kind: InputKind = .vectors(20)
  ) throws -> MANN {
    var all = Settings(MANN.description.settings(Datasets.named("gaussians")!)!)
    let small: [String: SettingValue] = [
      "hidden": .integer(12), "slots": .integer(9), "width": .integer(5), "heads": .integer(2),
    ]
    for (name, value) in small.merging(settings, uniquingKeysWith: { $1 }) { all.set(name, to: value) }
    return try MANN(all, outputs: outputs, of: kind)
  }

  static let writes = ["key", "own"]
  static let noise = RandomStream(seed: 0)

  @Test(arguments: writes) func whatIsTrainedIsWhatStudentsAnswer(_ writes: String) throws {
    let mann = try Self.mann(["writes": .text(writes)])
    var learned = mann.begin(from: RandomStream(seed: 1))
    let batch = BlackBoxTests.batch(0, of: Samples.clouds, BlackBoxTests.shape)
    let student = mann.student(of: learned, noise: Self.noise)
    let losses = batch.map { sequence in
      let answers = BlackBoxTests.answers(student, sequence)
      return Tensor([8, 2], answers.flatMap { $0 }).crossEntropy(Samples.labels(sequence)).scalar
    }
    let loss = mann.train(&learned, on: batch, noise: Self.noise)
    #expect(abs(loss - Double(losses.reduce(0, +)) / 8) < 1e-5)
  }

  @Test func laterLabelsDoNotReachEarlierAnswers() throws {
    let mann = try Self.mann()
    let student = mann.student(of: mann.begin(from: RandomStream(seed: 1)), noise: Self.noise)
    let sequence = Samples.sequences(1, classes: 2, showings: 4)[0]
    let labels = Samples.labels(sequence)
    let answers = BlackBoxTests.answers(student, sequence)
    for step in 0..<8 {
      let swapped = labels.enumerated().map { $0 < step ? $1 : 1 - $1 }
      let other = OnlineSequence(
        Examples(inputs: sequence.examples.inputs, targets: .classes(swapped, of: 2)))
      let changed = BlackBoxTests.answers(student, other)
      #expect(Array(answers[...step]) == Array(changed[...step]), "labels from step \(step) on")
      if step < 7 { #expect(answers[step + 1] != changed[step + 1], "the label of step \(step)") }
    }
  }

  /// Through all steps, along random directions of each parameter, against central differences.
  @Test(arguments: writes) func gradientsAreThoseOfDifferences(_ writes: String) throws {
    // As many rows as are ever written: which is used least does not depend on a small step.
    let mann = try Self.mann(["writes": .text(writes), "slots": .integer(20)])
    let batch = SequenceBatch(
      Samples.sequences(2, classes: 2, showings: 3), encoding: InputEncoding(.vectors(20)))
    let θ = mann.begin(from: RandomStream(seed: 1)).parameters.map { $0 * 1.5 }
    let slopes = Tape.recording { tape in
      let θ = tape.variables(θ)
      return gradient(of: mann.loss(batch, θ), at: θ).map(\.detached)
    }
    for place in θ.indices {
      let direction = LeastUsedMemoryTests.random(θ[place].shape, "direction \(place)")
      func loss(_ step: Float) -> Double {
        var moved = θ
        moved[place] = moved[place] + direction * step
        return Double(mann.loss(batch, moved).scalar)
      }
      let slope = Double((slopes[place] * direction).sum().scalar)
      let step: Float = 1e-3
      let differences = (loss(step) - loss(-step)) / Double(2 * step)
      let name = mann.parameters[place].name
      #expect(abs(slope - differences) < 0.03 * abs(differences) + 1e-4, "\(name): \(slope) \(differences)")
      #expect(slopes[place].elements.contains { $0 != 0 }, "\(name)")
    }
  }

  // MARK: What is memory, and what is not

  static let shape = SequenceShape(classes: 2, showings: 4)

  /// Trained on classes that are easy to tell apart.
  static func trained(on source: some EpisodeSource, _ iterations: Int = 500) throws -> (MANN, LearnerState) {
    let mann = try mann(
      [
        "hidden": .integer(24), "metaRate": .number(0.01), "heads": .integer(1), "sharpness": .number(5),
      ], of: source.inputKind)
    var learned = mann.begin(from: RandomStream(seed: 1))
    for iteration in 0..<iterations {
      _ = mann.train(&learned, on: BlackBoxTests.batch(iteration, of: source, shape), noise: noise)
    }
    return (mann, learned)
  }

  /// The mean accuracy by showing on sequences of its own.
  static func accuracy(_ student: some SequenceStudent, _ source: some EpisodeSource) -> [Double] {
    (0..<300).map { source.sequence(shape, from: Samples.stream($0)).scores(of: student) }
      .reduce([0.0, 0, 0, 0]) { zip($0, $1).map { $0 + $1 / 300 } }
  }

  /// Begins anew before every answer: what it was told last is all that it knows.
  struct Forgetful<Student: SequenceStudent>: SequenceStudent {
    let fresh: Student
    var last: Targets?
    mutating func answer(_ input: Tensor) -> Tensor {
      var student = fresh
      if let last { student.learn(last) }
      return student.answer(input)
    }
    mutating func learn(_ target: Targets) { last = target }
  }

  @Test func withoutItsMemoryItIsAtChance() throws {
    let source = SignPatterns()
    let (mann, learned) = try Self.trained(on: source, 1200)
    let student = mann.student(of: learned, noise: Self.noise)
    let remembered = Self.accuracy(student, source)
    // Of two classes 75 % of first showings can be guessed, by elimination, and no more.
    #expect(remembered[0] < 0.75 + 0.06, "\(remembered)")
    #expect(remembered[1...].allSatisfy { $0 > 0.85 }, "\(remembered)")
    let erased = Self.accuracy(Forgetful(fresh: student), source)
    #expect(erased[1...].allSatisfy { abs($0 - 0.5) < 0.12 }, "\(erased)")
  }

  /// A student who has been through a sequence leaves nothing to the next.
  @Test func memoryIsEmptyAtTheBeginningOfEachSequence() throws {
    let mann = try Self.mann()
    let student = mann.student(of: mann.begin(from: RandomStream(seed: 1)), noise: Self.noise)
    let sequences = Samples.sequences(2, classes: 2, showings: 4)
    let alone = BlackBoxTests.answers(student, sequences[1])
    _ = BlackBoxTests.answers(student, sequences[0])
    #expect(BlackBoxTests.answers(student, sequences[1]) == alone)
  }

  /// Classes whose label stands beside the input, as if it came without delay.
  struct Leaking: EpisodeSource {
    let inputKind = InputKind.vectors(10)
    let classCount: Int? = 256
    let digest = "signs with labels"
    func episode(_ shape: EpisodeShape, from stream: RandomStream) -> Episode {
      let episode = SignPatterns().episode(shape, from: stream)
      return Episode(support: leaked(episode.support), query: leaked(episode.query))
    }
    func batch(_ count: Int, from stream: RandomStream) -> Examples {
      leaked(SignPatterns().batch(count, from: stream))
    }
    private func leaked(_ examples: Examples) -> Examples {
      guard examples.count > 0 else {
        return Examples(inputs: .zeros([0, 10]), targets: examples.targets)
      }
      // Of ways other than two there are none here.
      return Examples(
        inputs: .concatenated([examples.inputs, examples.targets.rows], along: 1),
        targets: examples.targets)
    }
  }

  /// More than elimination can know of first showings is a leak.
  @Test func aLabelWithoutDelayIsCaught() throws {
    let source = Leaking()
    let (mann, learned) = try Self.trained(on: source, 150)
    let leaked = Self.accuracy(mann.student(of: learned, noise: Self.noise), source)
    #expect(leaked.allSatisfy { $0 > 0.95 }, "\(leaked)")
    // The same network, never shown the label of the input at hand, is below the ceiling.
    let (honest, known) = try Self.trained(on: SignPatterns(), 150)
    let kept = Self.accuracy(honest.student(of: known, noise: Self.noise), SignPatterns())
    #expect(kept[0] < 0.75 + 0.06, "\(kept)")
  }

  // MARK: Settings and archives

  @Test func moreHeadsThanRowsAreRefused() {
    #expect(throws: PlanError.self) {
      try Self.mann(["slots": .integer(3), "heads": .integer(4)])
    }
  }

  @Test func whatIsArchivedGoesOnToTheSameBits() throws {
    let mann = try Self.mann()
    func trained(_ iterations: Range<Int>, _ state: LearnerState) -> LearnerState {
      var state = state
      for iteration in iterations {
        let batch = BlackBoxTests.batch(iteration, of: Samples.clouds, Self.shape)
        _ = mann.train(&state, on: batch, noise: Self.noise)
      }
      return state
    }
    let half = trained(0..<2, mann.begin(from: RandomStream(seed: 1)))
    let whole = trained(2..<4, half)
    let restored = try #require(mann.learned(from: mann.archive(half)))
    #expect(mann.archive(trained(2..<4, restored)) == mann.archive(whole))
    #expect(mann.archive(whole) != mann.archive(half))
  }
}
