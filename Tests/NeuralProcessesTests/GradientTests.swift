import Kinds
import NeuralProcesses
import Randomness
import Tensors
import Testing

/// Slopes of the losses along random directions, beside central differences.
struct GradientTests {
  private func check(_ learner: some NetworkFunctionLearner) {
    let batch = Samples.batch()
    let θ = learner.begin(from: RandomStream(seed: 6)).parameters
    var random = RandomStream(seed: 7).generator()
    func normals(_ shape: Shape) -> Tensor { Tensor(shape, (0..<shape.count).map { _ in Float(random.normal()) }) }
    let noise = normals([batch.count, learner.noiseWidth])
    let slopes = Tape.recording { tape in
      let variables = tape.variables(θ)
      return gradient(of: learner.loss(batch, variables, noise: noise), at: variables).map(\.detached)
    }
    for (place, parameter) in learner.parameters.enumerated() {
      // A kink of a ReLU may lie on the way along some directions: the median error counts.
      let errors = (0..<5).map { _ in
        let direction = normals(parameter.shape)
        func loss(_ step: Float) -> Double {
          var moved = θ
          moved[place] = moved[place].adding(direction, scaledBy: step)
          return Double(learner.loss(batch, moved, noise: noise).scalar)
        }
        let step: Float = 5e-4
        let expected = (loss(step) - loss(-step)) / Double(2 * step)
        return abs(Double((slopes[place] * direction).sum().scalar) - expected) / (0.1 + abs(expected))
      }
      #expect(errors.sorted()[2] < 0.04, "\(parameter.name): \(errors)")
    }
    #expect(slopes.allSatisfy { $0.elements.contains { $0 != 0 } }, "all of it is learned")
  }

  @Test func conditional() { check(Samples.cnp) }
  @Test func latent() { check(Samples.np) }
}
