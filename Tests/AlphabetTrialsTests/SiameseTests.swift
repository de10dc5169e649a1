import AlphabetTrials
import Episodes
import Foundation
import Kinds
import Measures
import Randomness
import Tensors
import Testing

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }

/// Siamese networks against a slow reference, and by hand.
struct SiameseTests {
  private static let source = try! Datasets.open(
    "strokes", split: "standard", part: .test, data: URL(fileURLWithPath: "/nonexistent")) as! any AlphabetSource

  private func siamese(_ changes: [String: SettingValue]) throws -> Siamese {
    var settings = Settings(Siamese.description.settings(Datasets.named("strokes")!)!)
    for (name, value) in changes { settings.set(name, to: value) }
    return try Siamese(settings, of: Self.source.inputKind)
  }

  private func pairs(_ count: Int) -> DrawingPairs {
    Self.source.drawings(of: Self.source.pairs(count, from: RandomStream(seed: 3)))
  }

  /// Loss, and some numbers of each parameter's gradient against central differences of the reference.
  @Test(arguments: ["conv", "dense"])
  func gradientsAreThoseOfTheSlowReference(_ network: String) throws {
    let learner = try siamese([
      "network": .text(network), "filters": .integer(2), "features": .integer(6),
    ])
    let reference = SlowTwin(
      widths: network == "conv" ? [2, 4, 4] : [256, 128], isConvolutional: network == "conv")
    var state = learner.begin(from: RandomStream(seed: 1))
    // Biases of 0 would be kinks wherever there is no ink.
    for (index, parameter) in learner.parameters.enumerated() where parameter.shape.rank == 1 {
      state.parameters[index] = Tensor(
        parameter.shape, (0..<parameter.shape.count).map { $0 % 3 == 0 ? -0.07 : 0.05 + 0.01 * Float($0) })
    }
    let pairs = pairs(2)
    let (gradient, loss) = learner.gradient(state.parameters, on: pairs)
    let θ = state.parameters.map { $0.elements.map(Double.init) }
    #expect(abs(Double(loss) - reference.loss(θ, on: pairs)) < 1e-5)
    for (index, slope) in gradient.enumerated() {
      let step = max(1, slope.count / (network == "conv" ? 8 : 2))
      for place in stride(from: 0, to: slope.count, by: step) {
        var (up, down) = (θ, θ)
        up[index][place] += 1e-5
        down[index][place] -= 1e-5
        let expected = (reference.loss(up, on: pairs) - reference.loss(down, on: pairs)) / 2e-5
        #expect(
          abs(Double(slope.elements[place]) - expected) < 3e-5 + 2e-3 * abs(expected),
          "\(learner.parameters[index].name) \(place)")
      }
    }
  }

  /// Twins: which drawing is first does not matter, and a drawing beside itself has the bias for a score.
  @Test func likenessIsSymmetric() throws {
    let learner = try siamese([:])
    var state = learner.begin(from: RandomStream(seed: 1))
    state.parameters[state.parameters.count - 1] = Tensor([1], [0.25])
    let pairs = pairs(6)
    let (a, b) = (learner.features(of: pairs.first, by: state), learner.features(of: pairs.second, by: state))
    #expect(learner.likeness(a, b, by: state) == learner.likeness(b, a, by: state))
    #expect(learner.likeness(a, a, by: state) == Array(repeating: 0.25, count: 6))
  }

  /// Two steps of descent with momentum and decay, by hand.
  @Test func momentumGathersSteps() {
    var state = MomentumState(parameters: [Tensor([2], [1, -2])])
    let gradient = [Tensor([2], [0.5, 1])]
    state.step(against: gradient, rate: 0.1, momentum: 0.5, decay: [0.25])
    // Slopes: 0.5 + 0.5 and 1 − 1.
    #expect(state.velocity[0].elements == [-0.1, 0] && state.parameters[0].elements == [0.9, -2])
    state.step(against: gradient, rate: 0.1, momentum: 0.5, decay: [0.25])
    let expected: [Float] = [-0.05 - 0.095, 0]
    #expect(zip(state.velocity[0].elements, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func itLearnsToTellStrokesApart() throws {
    let learner = try siamese(["network": .text("dense"), "affineCopies": .integer(0), "metaRate": .number(0.3)])
    var state = learner.begin(from: RandomStream(seed: 1))
    let train = pairs(40)
    let losses = (0..<60).map {
      learner.train(&state, on: train, iteration: $0, noise: RandomStream(seed: 4).child("training", $0))
    }
    #expect(losses.last! < 0.6 * losses[0])
    let back = learner.learned(from: learner.archive(state))
    #expect(back?.velocity.map(\.elements) == state.velocity.map(\.elements))
  }
}
