import Episodes
import Kinds
import Measures
import Networks
import Randomness
import Tensors

/// The neural statistician: learns without labels what a set of images has in common, and answers with the class
/// whose statistics a query's own are nearest to (Edwards and Storkey 2017).
///
///     θ ← Adam(θ, −Σ over sets of a bound on log p(D))                 equation 4; ``SetModel``
///     q is of the class n with the least KL(q(c | Dₙ) ‖ q(c | q))      section 5.3
///
/// Its training tasks are sets of one class: `trainWay` of them in every iteration, each of `trainShot` images; that the
/// images of a set go together is all it is told. q(c | D) sees a part of each set, at least one image, so
/// that it learns to do with few. Reconstruction counts 1 + α times, where α is halved every so often, as in the
/// public port.
///
/// Images are halved in size and made black and white. A plain variational autoencoder of the same size is a
/// control (`model: vae`): its answer is the class of the support image with the least KL(q(z | x) ‖ q(z | q)).
package struct NeuralStatistician: Learner {
  static let description = AlgorithmDescription(
    name: "neural-statistician", summary: "a generative model of sets; the class with the nearest statistics",
    reference: "Edwards, Storkey 2017", classification: settings, regression: nil, trainsOn: .episode,
    diagnostics: ["evidence-bound"]
  ) { try NeuralStatistician($0, $1) }

  /// What is learned.
  enum Model: String, SettingChoice { case sets, vae }

  static let model = Setting(
    "model", Model.sets, "a model of sets with a shared context, or a plain autoencoder of the same size")
  private static let context = Setting("context", 32, atLeast: 1, "length of what a set shares, c")
  private static let latent = Setting("latent", 8, atLeast: 1, "length of what is an image's own, z")
  private static let hidden = Setting("hidden", 256, atLeast: 1, "units of each hidden layer")
  private static let metaRate = Setting("metaRate", 0.001, "step size of Adam")
  private static let emphasis = Setting(
    "emphasis", 1.0, "α: reconstruction counts 1 + α times in the beginning")
  private static let emphasisHalves = Setting(
    "emphasisHalves", 500, atLeast: 1, atMost: 1e9, "iterations after which α is halved")
  private static let settings: [SettingDescription] = .of(
    model, context, latent, hidden, TrainingKeys.way.with(16), TrainingKeys.shot.with(5), metaRate, emphasis,
    emphasisHalves)

  private let pixels: BinaryPixels
  package let network: SetModel
  private let training: EpisodeShape
  private let metaRate: Double
  private let emphasis: Double
  private let emphasisHalves: Int

  package init(_ settings: Settings, _ problem: Problem) throws {
    guard case .images(let channels, let height, let width) = problem.inputKind,
      channels == 1, height % 2 == 0, width % 2 == 0
    else {
      throw AlgorithmError.invalidSettings(
        "'neural-statistician' needs gray images of even height and width. Exclude this combination.")
    }
    pixels = BinaryPixels(height: height, width: width)
    let (context, latent) = (settings[Self.context], settings[Self.latent])
    network =
      settings[Self.model] == .sets
      ? SetModel(inputs: pixels.count, hidden: settings[Self.hidden], context: context, latent: latent)
      : SetModel(inputs: pixels.count, hidden: settings[Self.hidden], context: 0, latent: context + latent)
    training = settings.trainingShape(problem.training)
    metaRate = settings[Self.metaRate]
    emphasis = settings[Self.emphasis]
    emphasisHalves = settings[Self.emphasisHalves]
  }

  package var parameters: [ParameterDescription] { network.parameters }

  package func initialState(from random: RandomStream) -> LearnerState {
    LearnerState(untrained: network, from: random)
  }

  package var adaptationSteps: Int? { 0 }

  // MARK: Training

  package func updated(_ state: LearnerState, iteration: Int, on tasks: TrainingTasks)
    -> (state: LearnerState, loss: Float)
  {
    let episode = tasks.episode(training, iteration: iteration)
    let α = emphasis * Double(sign: .plus, exponent: -(iteration / emphasisHalves), significand: 1)
    let (gradient, loss) = gradient(
      state.parameters, on: pixels(episode.support.inputs), emphasis: Float(α),
      noise: tasks.noise(iteration: iteration))
    return (state.stepped(against: gradient, rate: metaRate, moments: []), loss)
  }

  /// Of minus the bound per image, whose reconstruction counts 1 + α times.
  ///
  /// - Parameter x: Sets one after the other, `[sets · size, pixels]`.
  package func gradient(_ parameters: [Tensor], on x: Tensor, emphasis: Float, noise: RandomStream)
    -> (gradient: [Tensor], loss: Float)
  {
    let size = training.shot
    let mean = MetaBatch(size: training.way, isStacked: true).gradient(at: parameters) { θ, sets in
      let images = x.slice(0, sets.lowerBound * size..<sets.upperBound * size)
      let bound = network.bound(
        θ, of: images, shares: shares(of: sets, noise), noise: samples(of: sets, size, noise))
      return (bound.evidence + bound.reconstruction * emphasis) * (-1 / Float(sets.count * size))
    }
    return (mean.gradient, mean.loss)
  }

  /// How much each image of some sets tells of its set: a part of them, drawn anew, equally much.
  private func shares(of sets: Range<Int>, _ noise: RandomStream) -> Tensor {
    let size = training.shot
    return Tensor([sets.count, sets.count * size]) { out in
      out.initialize(repeating: 0)
      for (row, set) in sets.enumerated() {
        var random = noise.child("part of a set", set).generator()
        let kept = 1 + random.integer(below: size)
        for image in random.sample(kept, from: size) {
          out[row * sets.count * size + row * size + image] = 1 / Float(kept)
        }
      }
    }
  }

  /// Normal numbers for c of each set, and z of each image.
  private func samples(of sets: Range<Int>, _ size: Int, _ noise: RandomStream) -> (context: Tensor, latent: Tensor) {
    func normal(_ rows: Int, _ width: Int, _ name: String) -> Tensor {
      .concatenated(sets.map { .normal([rows, width], deviation: 1, noise.child(name, $0)) }, along: 0)
    }
    return (normal(1, max(1, network.context), "context"), normal(size, network.latent, "latents"))
  }

  // MARK: Test

  package func adapted(_ state: LearnerState, to support: Examples, noise: RandomStream) -> any Predictor {
    let θ = state.parameters
    return StatisticsPredictor(
      learner: self, θ: θ,
      known: statistics(θ, of: support.inputs) { prototypes($0, of: support.targets) },
      targets: support.targets, noise: noise)
  }

  /// What images are compared by: q(c | D) of the sets that they are pooled to, by default of each image; without
  /// context q(z | x) of every image.
  fileprivate func statistics(
    _ θ: [Tensor], of inputs: Tensor, pooled: (Tensor) -> Tensor = { $0 }
  ) -> DiagonalGaussian {
    let e = network.encoded(θ, pixels(inputs))
    return network.context > 0 ? network.contexts(θ, of: pooled(e)) : network.latents(θ, of: e, in: nil)
  }

  /// The bound of log p per image, for queries as one set of each class.
  fileprivate func evidence(_ θ: [Tensor], of queries: Tensor, classes: Int, _ noise: RandomStream) -> Double {
    let size = queries.shape[0] / classes
    let labels = (0..<queries.shape[0]).map { $0 / size }
    let shares = prototypes(.identity(labels.count), of: .classes(labels, of: classes))
    let bound = network.bound(
      θ, of: pixels(queries), shares: shares, noise: samples(of: 0..<classes, size, noise))
    return Double(bound.evidence.scalar) / Double(queries.shape[0])
  }
}

extension NeuralStatistician {
  /// Sets of five images, and images that are drawn to go with each.
  package func pictures(of state: LearnerState, from source: any EpisodeSource, noise: RandomStream)
    -> [PictureSheet]
  {
    guard let classes = source.classCount, network.context > 0 else { return [] }
    let (sets, size, θ) = (min(4, classes), 5, state.parameters)
    let support = source.episode(EpisodeShape(way: sets, shot: size, query: 0), from: noise.child("sets")).support
    let x = pixels(support.inputs)
    let c = network.contexts(θ, of: prototypes(network.encoded(θ, x), of: support.targets)).mean
    let own = samples(of: 0..<sets, size, noise.child("samples")).latent
    let z = network.prior(θ, in: c).repeated(size, together: true).sample(own)
    let drawn = network.decoded(θ, z, in: c.repeatingEachRow(size)).logistic()
    func row(_ set: Int, of images: Tensor) -> [[Float]] {
      (set * size..<(set + 1) * size).map { images.slice(0, $0..<$0 + 1).elements }
    }
    return [
      PictureSheet(
        name: "samples", title: "What a set has in common",
        caption: "Left: \(size) images of each of \(sets) test characters, as the model sees them. Right: images that "
          + "it draws from the mean of q(c | set), as probabilities of ink.",
        height: pixels.side.height, width: pixels.side.width, channels: 1,
        pictures: (0..<sets).map { row($0, of: x) + row($0, of: drawn) })
    ]
  }
}

/// Scores queries by the nearness of statistics.
private struct StatisticsPredictor: Predictor {
  let learner: NeuralStatistician
  let θ: [Tensor]
  /// Of classes, or of single support images without context.
  let known: DiagonalGaussian
  let targets: Targets
  let noise: RandomStream

  private var way: Int {
    guard case .classes(_, let way) = targets else { preconditionFailure("statistics are of classes") }
    return way
  }

  func predictions(for inputs: Tensor) -> [Tensor] {
    let own = learner.statistics(θ, of: inputs)
    let (queries, count) = (inputs.shape[0], known.mean.shape[0])
    let divergence = known.repeated(queries, together: false)
      .divergence(from: own.repeated(count, together: true)).elements
    guard case .classes(let labels, let way) = targets, learner.network.context == 0 else {
      return [Tensor([queries, count], divergence.map { -$0 })]
    }
    return [
      Tensor([queries, way]) { out in
        out.initialize(repeating: -.infinity)
        for query in 0..<queries {
          for (example, label) in labels.enumerated() {
            out[query * way + label] = max(out[query * way + label], -divergence[query * count + example])
          }
        }
      }
    ]
  }

  func diagnostics(on queries: Tensor) -> [Diagnostic] {
    let bound = learner.evidence(θ, of: queries, classes: way, noise.child("evidence"))
    return [Diagnostic(name: "evidence-bound", values: [bound])]
  }
}
