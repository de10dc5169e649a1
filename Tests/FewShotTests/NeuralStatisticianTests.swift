import Episodes
import FewShot
import Foundation
import Kinds
import Measures
import Networks
import Randomness
import Tensors
import Testing

/// The neural statistician against closed forms, and a reference in double precision.
struct NeuralStatisticianTests {
  private static func normal(_ shape: Shape, _ index: Int) -> Tensor {
    var random = RandomStream(seed: 6).child("normal", index).generator()
    return Tensor(shape) { out in
      for place in out.indices { out[place] = Float(random.normal()) }
    }
  }

  /// The divergence of two normal distributions, integrated: of each coordinate by the trapezoidal rule.
  @Test func divergencesAreThoseOfIntegrals() {
    let p = DiagonalGaussian(mean: Self.normal([3, 2], 0), logVariance: Self.normal([3, 2], 1))
    let q = DiagonalGaussian(mean: Self.normal([3, 2], 2), logVariance: Self.normal([3, 2], 3))
    func logDensity(_ x: Double, _ mean: Float, _ logVariance: Float) -> Double {
      let (m, v) = (Double(mean), exp(Double(logVariance)))
      return -0.5 * (log(2 * .pi * v) + (x - m) * (x - m) / v)
    }
    let found = p.divergence(from: q).elements
    for row in 0..<3 {
      var expected = 0.0
      for place in 2 * row..<2 * row + 2 {
        let (m, s) = (Double(p.mean.elements[place]), exp(Double(p.logVariance.elements[place]) / 2))
        let step = s / 500
        for index in -5000...5000 {
          let x = m + Double(index) * step
          let own = logDensity(x, p.mean.elements[place], p.logVariance.elements[place])
          let other = logDensity(x, q.mean.elements[place], q.logVariance.elements[place])
          expected += exp(own) * (own - other) * step
        }
      }
      #expect(abs(Double(found[row]) - expected) < 1e-4 * (1 + expected), "row \(row)")
    }
    #expect(p.divergence(from: p).elements.allSatisfy { abs($0) < 1e-6 })
  }

  // MARK: The bound

  private static let x = Tensor([6, 4], [1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0])
  /// Two sets of three images, of which the second tells only by its first two.
  private static let shares = Tensor(
    [2, 6], [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0, 0, 0.5, 0.5, 0])

  /// The bound of both models, and its gradient by central differences of the reference.
  @Test(arguments: [2, 0])
  func theBoundIsThatOfTheSlowReference(_ context: Int) {
    let model = SetModel(inputs: 4, hidden: 5, context: context, latent: 3)
    let parameters = model.initialParameters(from: RandomStream(seed: 1)).enumerated().map {
      // Biases, too, are to matter.
      $1 + Self.normal($1.shape, 10 + $0) * 0.1
    }
    let noise = (context: Self.normal([2, max(1, context)], 4), latent: Self.normal([6, 3], 5))
    let reference = SlowSetModel(model: model)
    let θ = parameters.map { $0.elements.map(Double.init) }
    func expected(_ θ: [[Double]]) -> Double {
      reference.evidence(θ, of: Self.x, shares: Self.shares, noise: noise)
    }
    let (bound, slopes) = Tape.recording { tape in
      let w = tape.variables(parameters)
      let bound = model.bound(w, of: Self.x, shares: Self.shares, noise: noise).evidence
      return (bound.scalar, gradient(of: bound, at: w).map(\.detached))
    }
    #expect(abs(Double(bound) - expected(θ)) < 1e-4)
    for (index, slope) in slopes.enumerated() {
      for place in stride(from: 0, to: slope.count, by: max(1, slope.count / 4)) {
        var (up, down) = (θ, θ)
        up[index][place] += 1e-5
        down[index][place] -= 1e-5
        let difference = (expected(up) - expected(down)) / 2e-5
        #expect(
          abs(Double(slope.elements[place]) - difference) < 1e-3 + 2e-3 * abs(difference),
          "\(model.parameters[index].name) \(place)")
      }
    }
  }

  /// Statistics are of a set, in whichever order.
  @Test func statisticsDoNotDependOnTheOrder() {
    let model = SetModel(inputs: 4, hidden: 5, context: 2, latent: 3)
    let θ = model.initialParameters(from: RandomStream(seed: 1))
    let targets = Targets.classes([0, 0, 0], of: 1)
    func mean(_ rows: [Int]) -> [Float] {
      let e = model.encoded(θ, Tensor.concatenated(rows.map { Self.x.slice(0, $0..<$0 + 1) }, along: 0))
      return model.contexts(θ, of: prototypes(e, of: targets)).mean.elements
    }
    for (a, b) in zip(mean([0, 1, 2]), mean([2, 0, 1])) { #expect(abs(a - b) < 1e-6) }
  }

  // MARK: The system

  private static let source = try! Datasets.episodes(
    "strokes", split: "standard", part: .test, data: URL(fileURLWithPath: "/nonexistent"))

  private func learner(_ model: String) throws -> any Learner {
    let description = try #require(AlgorithmRegistry.named("neural-statistician"))
    var settings = Settings(description.settings(isRegression: false))
    settings.set("model", to: .text(model))
    settings.set("hidden", to: .integer(32))
    settings.set("trainWay", to: .integer(4))
    return try description.learner(
      settings,
      for: Problem(
        inputKind: Self.source.inputKind, training: EpisodeShape(way: 5, shot: 1, query: 1), metaBatch: 1,
        iterations: 10, trainingClasses: Self.source.classCount, batchNorm: .supportOnly))
  }

  /// A query is of the class whose statistics are nearest to its own, and a support image beside itself is at no
  /// distance from its class of one.
  @Test(arguments: ["sets", "vae"])
  func aSupportImageIsOfItsOwnClass(_ model: String) throws {
    let learner = try learner(model)
    let state = learner.initialState(from: RandomStream(seed: 1))
    let episode = Self.source.episode(EpisodeShape(way: 5, shot: 1, query: 5), from: RandomStream(seed: 2))
    let predictor = learner.adapted(state, to: episode.support, noise: RandomStream(seed: 3))
    let scores = predictor.predictions(for: episode.support.inputs)[0]
    #expect(scores.shape == [5, 5] && scores.highestClasses() == Array(0..<5))
    for label in 0..<5 { #expect(abs(scores.elements[6 * label]) < 1e-5) }
    let diagnostics = predictor.diagnostics(on: episode.query.inputs)
    #expect(diagnostics.map(\.name) == ["evidence-bound"] && diagnostics[0].values[0] < 0)
  }

  /// Sets as the model sees them, and what it draws for each: the same whenever it is asked.
  @Test func samplesStandBesideTheirSets() throws {
    let learner = try learner("sets")
    let state = learner.initialState(from: RandomStream(seed: 1))
    func sheets() -> [PictureSheet] { learner.pictures(of: state, from: Self.source, noise: RandomStream(seed: 3)) }
    let sheet = try #require(sheets().first)
    #expect(sheet.rows == 4 && sheet.columns == 10 && sheet.height == 14 && sheet.width == 14)
    let isBinary = sheet.pixels.prefix(5 * 196).allSatisfy { $0 == 0 || $0 == 255 }
    #expect(isBinary && sheets() == [sheet])
    let ofAutoencoder = try self.learner("vae").pictures(of: state, from: Self.source, noise: RandomStream(seed: 3))
    #expect(ofAutoencoder.isEmpty)
  }

  @Test func itsBoundRises() throws {
    let learner = try learner("sets")
    var state = learner.initialState(from: RandomStream(seed: 1))
    let tasks = TrainingTasks(
      source: Self.source, order: RandomStream(seed: 4), noise: RandomStream(seed: 5))
    var losses: [Float] = []
    for iteration in 0..<60 {
      let (next, loss) = learner.updated(state, iteration: iteration, on: tasks)
      state = next
      losses.append(loss)
    }
    let (first, last) = (losses.prefix(5).reduce(Float(0), +), losses.suffix(5).reduce(Float(0), +))
    #expect(last < 0.7 * first)
  }
}

/// The bound, number by number.
private struct SlowSetModel {
  let model: SetModel

  private func layer(_ name: String, _ θ: [[Double]], _ x: [Double], relu: Bool = true) -> [Double] {
    let place = model.parameters.firstIndex { $0.name == "\(name)/weight" }!
    let (weight, bias) = (θ[place], θ[place + 1])
    return bias.indices.map { output in
      let sum = x.indices.reduce(bias[output]) { $0 + x[$1] * weight[$1 * bias.count + output] }
      return relu ? max(0, sum) : sum
    }
  }

  /// Mean and variance from a layer's outputs.
  private func normal(_ x: [Double]) -> (mean: [Double], variance: [Double]) {
    (Array(x.prefix(x.count / 2)), x.suffix(x.count / 2).map { exp(min(10, max(-10, $0))) })
  }

  private func divergence(_ p: (mean: [Double], variance: [Double]), _ q: (mean: [Double], variance: [Double])) -> Double {
    p.mean.indices.reduce(0) { sum, i in
      let apart = (p.mean[i] - q.mean[i]) * (p.mean[i] - q.mean[i])
      return sum + 0.5 * (log(q.variance[i] / p.variance[i]) + (p.variance[i] + apart) / q.variance[i] - 1)
    }
  }

  private func standard(_ count: Int) -> (mean: [Double], variance: [Double]) {
    (Array(repeating: 0, count: count), Array(repeating: 1, count: count))
  }

  private func sample(_ p: (mean: [Double], variance: [Double]), _ ε: [Double]) -> [Double] {
    p.mean.indices.map { p.mean[$0] + p.variance[$0].squareRoot() * ε[$0] }
  }

  func evidence(_ θ: [[Double]], of x: Tensor, shares: Tensor, noise: (context: Tensor, latent: Tensor)) -> Double {
    func row(_ tensor: Tensor, _ index: Int) -> [Double] {
      let width = tensor.shape[1]
      return tensor.elements[index * width..<(index + 1) * width].map(Double.init)
    }
    let (sets, images) = (shares.shape[0], x.shape[0])
    let e = (0..<images).map { layer("encoder1", θ, layer("encoder0", θ, row(x, $0))) }
    var total = 0.0
    for set in 0..<sets {
      var c: [Double] = []
      var prior = standard(model.latent)
      if model.context > 0 {
        let share = row(shares, set)
        let pooled = (0..<model.hidden).map { unit in
          (0..<images).reduce(0) { $0 + share[$1] * e[$1][unit] }
        }
        let q = normal(layer("statistic", θ, layer("statistic0", θ, pooled), relu: false))
        total -= divergence(q, standard(model.context))
        c = sample(q, row(noise.context, set))
        prior = normal(layer("prior", θ, layer("prior0", θ, c), relu: false))
      }
      for image in set * images / sets..<(set + 1) * images / sets {
        let q = normal(layer("posterior", θ, layer("posterior0", θ, e[image] + c), relu: false))
        total -= divergence(q, prior)
        let z = sample(q, row(noise.latent, image))
        let logits = layer("decoder", θ, layer("decoder1", θ, layer("decoder0", θ, z + c)), relu: false)
        for (pixel, logit) in zip(row(x, image), logits) {
          total += pixel == 1 ? -log(1 + exp(-logit)) : -log(1 + exp(logit))
        }
      }
    }
    return total
  }
}
