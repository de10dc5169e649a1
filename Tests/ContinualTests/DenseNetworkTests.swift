import Continual
import Randomness
import Tensors
import Testing

@Suite struct DenseNetworkTests {
  let batch = smallTasks().trainingExamples(of: 1).minibatch(0..<20)
  let slow = SlowNetwork(smallNetwork, smallParameters)

  @Test func theSlowReferenceAgreesWithCentralDifferences() {
    let x = batch.input(4)
    let gradient = slow.gradient(x, 2)
    for (array, place) in [(0, 17), (0, 100), (1, 3), (2, 9), (3, 1), (4, 5), (5, 2)] {
      var (up, down) = (slow, slow)
      up.parameters[array][place] += 1e-5
      down.parameters[array][place] -= 1e-5
      let difference = (up.loss(x, 2) - down.loss(x, 2)) / 2e-5
      #expect(abs(gradient[array][place] - difference) < 1e-8)
    }
    #expect(gradient.allSatisfy { $0.contains { $0 != 0 } })
  }

  @Test func lossAndGradientAreTheMeansOverSingleExamples() {
    let (loss, gradient) = smallNetwork.lossAndGradient(smallParameters, on: batch)
    var mean = slow.parameters.map { $0.map { _ in 0.0 } }
    var losses = 0.0
    for (row, label) in batch.labels.enumerated() {
      losses += slow.loss(batch.input(row), label) / 20
      for (array, own) in slow.gradient(batch.input(row), label).enumerated() {
        for place in own.indices { mean[array][place] += own[place] / 20 }
      }
    }
    #expect(abs(Double(loss) - losses) < 1e-5)
    #expect(distance(gradient, mean) < 1e-6)
  }

  /// With masks, against the tape, which knows nothing of the backward pass by hand.
  @Test func theGradientUnderDropoutIsThatOfTheTape() {
    var random = RandomStream(seed: 5).generator()
    let masks = (0..<3).map { layer in
      Tensor(
        [20, smallNetwork.widths[layer]],
        (0..<20 * smallNetwork.widths[layer]).map { _ in random.integer(below: 3) == 0 ? 0 : 1.5 })
    }
    let (loss, gradient) = smallNetwork.lossAndGradient(smallParameters, on: batch, masks: masks)
    Tape.recording { tape in
      let variables = tape.variables(smallParameters)
      let logits = smallNetwork.activations(variables, batch.inputs, masks: masks).last!
      let taped = logits.crossEntropy(batch.labels)
      #expect(taped.scalar == loss)
      let expected = Tensors.gradient(of: taped, at: variables)
      #expect(distance(gradient, expected.map { $0.elements.map(Double.init) }) < 1e-6)
    }
  }

  @Test func initialParametersAreUniformWithinTheInverseRootOfTheFanIn() {
    let network = DenseNetwork(widths: [400, 100, 10])
    let parameters = network.initialParameters(from: RandomStream(seed: 1))
    #expect(zip(parameters, network.parameterShapes).allSatisfy { $0.shape == $1 })
    for (tensor, limit) in zip(parameters, [0.05, 0.05, 0.1, 0.1]) {
      let values = tensor.elements.map(Double.init)
      #expect(values.allSatisfy { abs($0) <= limit })
      #expect(values.max()! > 0.3 * limit && values.min()! < -0.3 * limit)
    }
    let squares = parameters[0].elements.map { Double($0 * $0) }.reduce(0, +) / 40_000
    #expect(abs(squares / (0.05 * 0.05 / 3) - 1) < 0.03)
  }

  @Test func accuracyCountsTheHighestLogit() {
    let examples = smallTasks().testExamples(of: 0)
    let right = (0..<10).count { row in
      let batch = examples.minibatch([row])
      let answers = slow.probabilities(batch.input(0))
      return answers.firstIndex(of: answers.max()!) == batch.labels[0]
    }
    #expect(smallNetwork.accuracy(smallParameters, on: examples) == Double(right) / 10)
  }
}
