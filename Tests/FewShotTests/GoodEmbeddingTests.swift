import Episodes
import FewShot
import Foundation
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

struct GoodEmbeddingTests {
  // MARK: Logistic regression

  /// The decision function of scikit-learn 1.7's LogisticRegression, with a tolerance of 1e-14, on the same numbers.
  @Test(arguments: [
    (
      1.0,
      [
        0.490320297, -0.100242615, -0.390077683, 0.632374912, -1.113937094, 0.481562182, 0.435426137, -1.538066019,
        1.102639882, -0.007897986, -1.173154851, 1.181052837,
      ]
    ),
    (
      30.0,
      [
        1.387194352, 0.128944341, -1.516138692, 2.083707329, -2.941364834, 0.857657504, 1.633214969, -4.426200511,
        2.792985542, 0.247590727, -3.627220996, 3.37963027,
      ]
    ),
  ])
  func scoresAreThoseOfScikitLearn(_ strength: Double, _ wanted: [Double]) {
    let z = Tensor(
      [12, 5],
      (0..<60).map { place in
        let (i, j) = (Double(place / 5), Double(place % 5))
        return Float(sin(1.7 * i + 0.9 * j * j + 0.3 * i * j))
      })
    let queries = Tensor([4, 5], (0..<20).map { Float(cos(0.7 * Double($0 / 5) + 1.3 * Double($0 % 5))) })
    let fitted = LogisticRegression(z, labels: (0..<12).map { $0 % 3 }, way: 3, strength: strength)
    let scores = fitted.scores(queries).elements
    #expect(zip(scores, wanted).allSatisfy { abs(Double($0) - $1) < 2e-6 }, "\(scores)")
  }

  // MARK: Distillation

  /// T² KL, by hand in double precision; nothing is left where both say the same.
  @Test func theDivergenceIsThatOfSoftenedScores() {
    let scores = Tensor([2, 3], [1, -2, 0.5, 30, 0, -40]), advice = Tensor([2, 3], [0.3, 1, -1, -20, 25, 3])
    func softened(_ row: ArraySlice<Float>) -> [Double] {
      let powers = row.map { Elementary.exp(Double($0) / 4) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    var wanted = 0.0
    for row in [0..<3, 3..<6] {
      for (p, q) in zip(softened(advice.elements[row]), softened(scores.elements[row])) {
        wanted += 16 * p * Elementary.log(p / q) / 2
      }
    }
    let found = Distillation.divergence(of: scores, from: advice, temperature: 4).scalar
    #expect(abs(Double(found) - wanted) < 1e-4 * wanted)
    #expect(Distillation.divergence(of: advice, from: advice, temperature: 4).scalar == 0)
  }

  private static let source = GaussianClasses(part: .train)
  private static let tasks = TrainingTasks(
    source: source, order: RandomStream(seed: 2), noise: RandomStream(seed: 3))

  private func learner(_ changes: [String: SettingValue], _ name: String = "good-embedding") throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("network", to: .text("no-conv"))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: Self.source.inputKind, training: EpisodeShape(way: 4, shot: 2, query: 3), metaBatch: 1,
        iterations: 4, trainingClasses: Self.source.classCount, batchNorm: .running))
  }

  private func trained(_ learner: any Learner, from state: LearnerState, _ iterations: Range<Int>)
    -> (state: LearnerState, losses: [Float])
  {
    iterations.reduce((state, [])) { trained, iteration in
      let next = learner.updated(trained.0, iteration: iteration, on: Self.tasks)
      return (next.state, trained.1 + [next.loss])
    }
  }

  /// Where true labels have all the weight, a taught network learns what one without a teacher does.
  @Test func withoutATeachersShareDistillationIsCrossEntropy() throws {
    let alone = try learner([:])
    let taught = try learner(["generations": .integer(1), "ownShare": .number(1)])
    let begun = taught.initialState(from: RandomStream(seed: 1))
    let all = trained(taught, from: begun, 0..<4)
    let first = trained(alone, from: alone.initialState(from: RandomStream(seed: 1)), 0..<2)
    let second = trained(
      alone, from: alone.initialState(from: Self.tasks.noise(iteration: 2).child("student")), 2..<4)
    #expect(all.losses == first.losses + second.losses)
    let count = alone.parameters.count
    #expect(all.state.parameters[..<count].map(\.elements) == second.state.parameters.map(\.elements))
    // The teacher is the network of the generation before, and stays as it was.
    #expect(all.state.parameters[count...].map(\.elements) == first.state.parameters.map(\.elements))
  }

  /// A teacher that is followed alone makes another network than labels do, and the same again.
  @Test func aTeacherIsFollowed() throws {
    func parameters(_ share: Double) throws -> [[Float]] {
      let taught = try learner(["generations": .integer(1), "ownShare": .number(share)])
      return trained(taught, from: taught.initialState(from: RandomStream(seed: 1)), 0..<4).state.parameters
        .map(\.elements)
    }
    let (followed, again, own) = (try parameters(0), try parameters(0), try parameters(1))
    #expect(followed != own && followed == again)
  }

  // MARK: Classifiers

  /// The centroids of features as they are classify as prototypical networks do.
  @Test func centroidsAreThoseOfPrototypicalNetworks() throws {
    let centroid = try learner(["classifier": .text("nearest-centroid"), "normalized": .flag(false)])
    let proto = try learner([:], "protonet")
    let state = centroid.initialState(from: RandomStream(seed: 1))
    let body = LearnerState(
      parameters: Array(state.parameters.prefix(proto.parameters.count)), adam: state.adam, running: state.running)
    let episode = Self.source.episode(EpisodeShape(way: 4, shot: 2, query: 3), from: RandomStream(seed: 5))
    func predicted(_ learner: any Learner, _ state: LearnerState) -> [Float] {
      learner.adapted(state, to: episode.support, noise: RandomStream(seed: 1))
        .predictions(for: episode.query.inputs)[0].elements
    }
    #expect(predicted(centroid, state) == predicted(proto, body))
  }

  /// A class's mean is its example where there is one; cosines are those of unit vectors.
  @Test func neighborsAreExamplesOrMeans() throws {
    let one = Self.source.episode(EpisodeShape(way: 4, shot: 1, query: 3), from: RandomStream(seed: 5))
    let two = Self.source.episode(EpisodeShape(way: 4, shot: 2, query: 3), from: RandomStream(seed: 5))
    func predicted(_ episode: Episode, _ changes: [String: SettingValue]) throws -> [Float] {
      let learner = try learner(changes, "nearest-neighbor")
      return learner.adapted(.empty, to: episode.support, noise: RandomStream(seed: 1))
        .predictions(for: episode.query.inputs)[0].elements
    }
    let means: [String: SettingValue] = ["neighbors": .text("class-means")]
    let (mean, example) = (try predicted(one, means), try predicted(one, [:]))
    #expect(mean == example)
    let (ofMeans, ofExamples) = (try predicted(two, means), try predicted(two, [:]))
    #expect(ofMeans != ofExamples)
    let cosines = try predicted(two, ["distance": .text("cosine")])
    #expect(cosines.allSatisfy { (-1.001...1.001).contains($0) })
  }
}
