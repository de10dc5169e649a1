import Kinds
import NeuralProcesses
import Randomness
import Tensors
import Testing

/// What must be so of the two neural processes, whatever was learned.
struct IdentityTests {
  private let task = Samples.curves.task(contexts: 7, targets: 9, from: Samples.stream(90))
  private let order = [4, 2, 6, 0, 5, 1, 3]
  private let noise = RandomStream(seed: 4)

  @Test func predictionsDoNotDependOnTheOrderOfTheContext() {
    func check(_ learner: some FunctionLearner) {
      let learned = learner.begin(from: RandomStream(seed: 1))
      func prediction(_ context: Points) -> Prediction {
        learner.prediction(of: learned, given: context, at: task.targets.inputs, noise: noise)
      }
      let permuted = prediction(Samples.picked(task.contexts, order))
      #expect(Samples.difference(prediction(task.contexts), permuted) < 1e-6)
      let others = prediction(task.contexts.prefix(6))
      #expect(Samples.difference(prediction(task.contexts), others) > 1e-4, "which points they are matters")
    }
    check(Samples.cnp)
    check(Samples.np)
  }

  /// Places are predicted one by one: what is asked besides does not matter.
  @Test func targetsArePredictedIndependently() {
    let learned = Samples.cnp.begin(from: RandomStream(seed: 1))
    let all = Samples.cnp.prediction(of: learned, given: task.contexts, at: task.targets.inputs, noise: noise)
    let some = Samples.cnp.prediction(
      of: learned, given: task.contexts, at: task.targets.inputs.slice(0, 2..<5), noise: noise)
    #expect(Samples.difference(all.part(2..<5), some) < 1e-6)
  }

  @Test func divergenceVanishesWhereEverythingIsTold() {
    let learned = Samples.np.begin(from: RandomStream(seed: 1))
    let functions = Samples.batch().functions
    let whole = Samples.np.latents(FunctionBatch(functions, contexts: [12, 12, 12, 12]), learned.parameters)
    #expect(abs(whole.all.divergence(from: whole.context).scalar) < 1e-6)
    let part = Samples.np.latents(Samples.batch(), learned.parameters)
    #expect(part.all.divergence(from: part.context).scalar > 1e-5)
  }

  /// Two independent pairs of normals: ln 2 + (1/4 + 1)/2 - 1/2 apart, and 1/2.
  @Test func divergenceIsThatOfNormals() {
    let one = Latent(mean: Tensor([1, 2], [0, 1]), deviation: Tensor([1, 2], [1, 3]))
    let other = Latent(mean: Tensor([1, 2], [2, 4]), deviation: Tensor([1, 2], [2, 3]))
    let expected = Elementary.log(2) + (0.25 + 1) / 2 - 0.5 + 0.5
    #expect(abs(Double(one.divergence(from: other).scalar) - expected) < 1e-6)
  }

  @Test func withoutVarianceOfItsLatentItIsTheConditionalProcess() {
    let np = Samples.np.begin(from: RandomStream(seed: 2))
    let shared = Samples.cnp.parameters.count
    #expect(Samples.np.parameters.prefix(shared).map(\.shape) == Samples.cnp.parameters.map(\.shape))
    let cnp = LearnerState(parameters: Array(np.parameters.prefix(shared)), normalizedWidths: [])
    let targets = task.targets.inputs
    let drawn = Samples.np.prediction(of: np, given: task.contexts, at: targets, drawing: .zeros([3, 12]))
    let expected = Samples.cnp.prediction(of: cnp, given: task.contexts, at: targets, noise: noise)
    for component in 0..<3 {
      let one = Prediction(means: [drawn.means[component]], deviations: [drawn.deviations[component]])
      #expect(Samples.difference(one, expected) < 1e-6)
    }
    #expect(drawn.drawnDeviation < 1e-7)
  }

  @Test func functionsThatAreDrawnDiffer() {
    let np = Samples.np.begin(from: RandomStream(seed: 2))
    let drawn = Samples.np.prediction(of: np, given: task.contexts, at: task.targets.inputs, noise: noise)
    #expect(drawn.means.count == 5 && drawn.drawnDeviation > 1e-3)
  }

  /// Contexts of several sizes side by side are what each is alone.
  @Test func sizesOfContextsDoNotMix() {
    func check(_ learner: some NetworkFunctionLearner) {
      let θ = learner.begin(from: RandomStream(seed: 1)).parameters
      let batch = Samples.batch()
      let noise = Tensor.zeros([4, learner.noiseWidth])
      let together = learner.loss(batch, θ, noise: noise).scalar
      let alone = (0..<4).map { learner.loss(batch[$0..<$0 + 1], θ, noise: noise.slice(0, $0..<$0 + 1)).scalar }
      #expect(abs(together - alone.reduce(0, +) / 4) < 1e-5)
    }
    check(Samples.cnp)
    check(Samples.np)
  }

  /// What training makes small is what the test measures, with the points told among the targets.
  @Test func theLossIsTheLikelihoodOfTheTest() {
    let learned = Samples.cnp.begin(from: RandomStream(seed: 3))
    let batch = Samples.batch()
    let measured = zip(batch.functions, batch.contexts).map { points, count in
      Samples.cnp.prediction(of: learned, given: points.prefix(count), at: points.inputs, noise: noise)
        .negativeLogLikelihood(of: points.values.elements.map(Double.init))
    }
    let loss = Samples.cnp.loss(batch, learned.parameters, noise: .zeros([4, 0])).scalar
    #expect(abs(Double(loss) - measured.reduce(0, +) / 4) < 1e-5)
  }
}
