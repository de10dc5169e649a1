import Episodes
import FewShot
import Foundation
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

struct MetaLSTMTests {
  private let lstm = CoordinateLSTM()

  /// One coordinate's steps in Float64, written out number by number.
  private struct Reference {
    let w: [[Double]]

    private func σ(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    private func features(_ x: Double) -> [Double] {
      abs(x) >= exp(-10) ? [log(abs(x)) / 10, x < 0 ? -1 : 1] : [-1, exp(10) * x]
    }

    /// θ, f and i after every step.
    func steps(_ θ0: Double, _ seen: [(loss: Double, gradient: Double)]) -> [(θ: Double, f: Double, i: Double)] {
      var (θ, f, i) = (θ0, 0.0, 0.0)
      var (h, s) = ([Double](repeating: 0, count: 20), [Double](repeating: 0, count: 20))
      return seen.map { loss, gradient in
        let inputs = features(loss) + features(gradient) + h
        let u = (0..<80).map { unit in
          w[1][unit] + inputs.indices.reduce(0.0) { $0 + inputs[$1] * w[0][$1 * 80 + unit] }
        }
        for unit in 0..<20 {
          s[unit] = σ(u[20 + unit]) * s[unit] + σ(u[unit]) * tanh(u[60 + unit])
          h[unit] = σ(u[40 + unit]) * tanh(s[unit])
        }
        func gate(_ previous: Double, _ weights: [Double], _ bias: [Double]) -> Double {
          σ(bias[0] + zip(h + [θ, previous], weights).reduce(0.0) { $0 + $1.0 * $1.1 })
        }
        (f, i) = (gate(f, w[2], w[3]), gate(i, w[4], w[5]))
        θ = f * θ - i * gradient
        return (θ, f, i)
      }
    }
  }

  /// Weights that are large enough to matter.
  private var weights: [Tensor] {
    var random = RandomStream(seed: 1).generator()
    return lstm.parameters.map { parameter in
      Tensor(parameter.shape) { out in
        for index in out.indices { out[index] = Float(random.uniform(in: -0.7...0.7)) }
      }
    }
  }

  private let θ0: [Float] = [0.3, -1.2, 0, 2]
  private let losses: [Float] = [1.6, 0.7, 1e-6]
  private let gradients: [[Float]] = [
    [0.5, -2, 1e-5, 0], [-1e-7, 0.01, 3, -0.2], [40, -4.6e-5, 4.5e-5, 1],
  ]

  private var path: [CoordinateLSTM.Observation] {
    zip(losses, gradients).map { .init(loss: $0, gradient: Tensor([4, 1], $1)) }
  }

  private func seen(_ coordinate: Int) -> [(loss: Double, gradient: Double)] {
    losses.indices.map { (Double(losses[$0]), Double(gradients[$0][coordinate])) }
  }

  @Test func stepsAreThoseOfTheSlowReference() {
    let w = weights
    let reference = Reference(w: w.map { $0.elements.map(Double.init) })
    var state = lstm.state(of: Tensor([4, 1], θ0))
    for step in path.indices {
      state = lstm.stepped(state, seeing: path[step], with: w)
      for coordinate in θ0.indices {
        let expected = reference.steps(Double(θ0[coordinate]), seen(coordinate))[step]
        #expect(abs(Double(state.cell.elements[coordinate]) - expected.θ) < 1e-5 * (1 + abs(expected.θ)))
        #expect(abs(Double(state.forget.elements[coordinate]) - expected.f) < 1e-5)
        #expect(abs(Double(state.input.elements[coordinate]) - expected.i) < 1e-5)
      }
    }
  }

  @Test func featuresOfSmallNumbersAreLinear() {
    #expect(CoordinateLSTM.features(of: 1) == (0, 1))
    #expect(CoordinateLSTM.features(of: 0) == (-1, 0))
    let (size, sign) = CoordinateLSTM.features(of: -1e-3)
    #expect(abs(size - Float(log(1e-3) / 10)) < 1e-6 && sign == -1)
    let (flat, slope) = CoordinateLSTM.features(of: 1e-5)
    #expect(flat == -1 && abs(slope - 0.22026466) < 1e-6)
  }

  @Test func gradientsAreThoseOfTheSlowReference() {
    let w = weights
    let cotangent: [Float] = [1, -0.5, 2, 0.3]
    let found = lstm.pulledBack(
      Tensor([4, 1], cotangent), from: Tensor([4, 1], θ0), through: path, with: w)
    func value(_ θ0: [Double], _ w: [[Double]]) -> Double {
      let reference = Reference(w: w)
      return θ0.indices.reduce(0) {
        $0 + Double(cotangent[$1]) * reference.steps(θ0[$1], seen($1)).last!.θ
      }
    }
    let (start, weights) = (θ0.map(Double.init), w.map { $0.elements.map(Double.init) })
    func expectSlope(_ g: Float, _ moved: (Double) -> Double, _ name: String) {
      let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5
      #expect(abs(Double(g) - slope) < 1e-3 * (0.1 + abs(slope)), "\(name): \(g) for \(slope)")
    }
    for place in θ0.indices {
      expectSlope(
        found.θ0.elements[place],
        { ε in
          var moved = start
          moved[place] += ε
          return value(moved, weights)
        }, "θ\(place)")
    }
    for (tensor, parameter) in lstm.parameters.enumerated() {
      for place in stride(from: 0, to: parameter.shape.count, by: 7) {
        expectSlope(
          found.w[tensor].elements[place],
          { ε in
            var moved = weights
            moved[tensor][place] += ε
            return value(start, moved)
          }, "\(parameter.name) \(place)")
      }
    }
  }

  @Test func coordinatesMeetInTheWeightsOnly() {
    let count = 1500
    var random = RandomStream(seed: 2).generator()
    func column(_ range: Range<Int>, _ values: [Float]) -> Tensor {
      Tensor([range.count, 1], Array(values[range]))
    }
    let numbers = (0..<4).map { _ in (0..<count).map { _ in Float(random.uniform(in: -1...1)) } }
    func pulledBack(_ range: Range<Int>) -> (θ0: Tensor, w: [Tensor]) {
      lstm.pulledBack(
        column(range, numbers[0]), from: column(range, numbers[1]),
        through: [
          .init(loss: 1.2, gradient: column(range, numbers[2])),
          .init(loss: 0.8, gradient: column(range, numbers[3])),
        ], with: weights)
    }
    let (all, first, rest) = (pulledBack(0..<count), pulledBack(0..<700), pulledBack(700..<count))
    for (a, b) in zip(all.θ0.elements, first.θ0.elements + rest.θ0.elements) { #expect(abs(a - b) < 1e-5) }
    for place in all.w.indices {
      for (a, b) in zip(all.w[place].elements, (first.w[place] + rest.w[place]).elements) {
        #expect(abs(a - b) < 1e-4 * (1 + abs(b)))
      }
    }
  }

  // MARK: In a learner

  private static let source = GaussianClasses(part: .train)
  private static let shape = EpisodeShape(way: 3, shot: 2, query: 4)

  private func learner(_ name: String, _ changes: [String: SettingValue]) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named(name))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("network", to: .text("no-conv"))
    for (name, value) in changes { settings.set(name, to: value) }
    return try description.learner(
      settings,
      for: Problem(
        inputKind: Self.source.inputKind, training: Self.shape, metaBatch: 2, iterations: 10,
        trainingClasses: 20, batchNorm: .queryBatch))
  }

  private var episode: Episode { Self.source.episode(Self.shape, from: RandomStream(seed: 5)) }

  @Test func withItsGatesHeldItIsFirstOrderMAML() throws {
    let steps: [String: SettingValue] = ["innerSteps": .integer(3), "testSteps": .integer(3)]
    let recurrent = try learner("meta-lstm", steps)
    var state = recurrent.initialState(from: RandomStream(seed: 1))
    for (place, parameter) in recurrent.parameters.enumerated()
    where lstm.parameters.contains(parameter) {
      // σ(40) is 1, and σ(−3) is about 0.05.
      let held: [String: Float] = ["forget/bias": 40, "input/bias": -3]
      state.parameters[place] = Tensor(repeating: held[parameter.name] ?? 0, parameter.shape)
    }
    let α = 1 / (1 + exp(3.0))
    let maml = try learner("fomaml", steps.merging(["innerRate": .number(α)]) { $1 })
    let θ = Array(state.parameters[..<maml.parameters.count])
    let a = try #require(recurrent as? MetaLSTM).metaGradient(state.parameters, on: episode)
    let b = try #require(maml as? MAML).metaGradient(θ, on: [episode])
    #expect(abs(a.loss - b.loss) < 1e-5 * b.loss)
    for place in θ.indices {
      let scale = b.gradient[place].elements.map(abs).max()! + 1e-6
      for (a, b) in zip(a.gradient[place].elements, b.gradient[place].elements) {
        #expect(abs(a - b) < 1e-4 * scale)
      }
    }
    let predictor = recurrent.adapted(state, to: episode.support, noise: RandomStream(seed: 3))
    var start = maml.initialState(from: RandomStream(seed: 1))
    start.parameters = θ
    let expected = maml.adapted(start, to: episode.support, noise: RandomStream(seed: 3))
      .predictions(for: episode.query.inputs)
    let found = predictor.predictions(for: episode.query.inputs)
    #expect(found.count == 4)
    for (a, b) in zip(found.flatMap(\.elements), expected.flatMap(\.elements)) { #expect(abs(a - b) < 1e-4) }
    #expect(predictor.diagnostics(on: episode.query.inputs).last == Diagnostic(name: "forget-gate", values: [1]))
  }

  /// After a single step nothing that counts as a constant depends on the weights.
  @Test func gradientsOfWeightsAreDerivativesOfTheQueryLoss() throws {
    let recurrent = try #require(try learner("meta-lstm", ["innerSteps": .integer(1)]) as? MetaLSTM)
    var start = recurrent.initialState(from: RandomStream(seed: 1)).parameters
    let first = start.count - lstm.parameters.count
    for place in first..<start.count { start[place] = weights[place - first] }
    let g = recurrent.metaGradient(start, on: episode).gradient
    let length = g[first...].reduce(Float(0)) { $0 + $1.squared().sum().scalar }.squareRoot()
    func loss(_ ε: Float) -> Float {
      let moved = start.indices.map { $0 < first ? start[$0] : start[$0].adding(g[$0], scaledBy: ε / length) }
      return recurrent.metaGradient(moved, on: episode).loss
    }
    let slopes = [2e-2, 5e-3, 1e-3].map { (ε: Float) in (loss(ε) - loss(-ε)) / (2 * ε) }
    #expect(slopes.contains { abs($0 - length) < 0.02 * length }, "\(slopes) for \(length)")
  }
}
