import Continual
import Randomness
import Tensors
import Testing

@Suite struct FisherDiagonalTests {
  let examples = smallTasks().trainingExamples(of: 0)
  let slow = SlowNetwork(smallNetwork, smallParameters)

  func estimate(_ labels: FisherLabels, count: Int = 20, seed: UInt64 = 1) -> [Tensor] {
    FisherDiagonal.estimate(
      smallNetwork, smallParameters, on: examples, count: count, labels: labels,
      from: RandomStream(seed: seed))
  }

  /// The mean over examples of weighted squares of each one's gradient.
  func slowMean(_ count: Int, _ weight: (_ row: Int, _ label: Int) -> Double) -> [[Double]] {
    var mean = slow.parameters.map { $0.map { _ in 0.0 } }
    for row in 0..<count {
      let x = examples.minibatch([row]).input(0)
      for label in 0..<3 where weight(row, label) > 0 {
        for (array, own) in slow.gradient(x, label).enumerated() {
          for place in own.indices {
            mean[array][place] += weight(row, label) * own[place] * own[place] / Double(count)
          }
        }
      }
    }
    return mean
  }

  func trace(_ tensor: Tensor) -> Float { tensor.elements.reduce(0, +) }

  @Test(arguments: [1, 20]) func theEmpiricalOneIsTheMeanOfSquaredGradientsOfSingleExamples(
    _ count: Int
  ) {
    let labels = examples.minibatch(0..<20).labels
    let expected = slowMean(count) { row, label in labels[row] == label ? 1 : 0 }
    #expect(distance(estimate(.empirical, count: count), expected) < 1e-6)
    #expect(expected[0].max()! > 1e-3)
  }

  @Test func theExactOneIsTheExpectationOverAllLabels() {
    let expected = slowMean(20) { row, label in
      slow.probabilities(examples.minibatch([row]).input(0))[label]
    }
    #expect(distance(estimate(.exact), expected) < 1e-6)
  }

  @Test func theSampledOneUsesLabelsDrawnFromTheModel() {
    let batch = examples.minibatch(0..<20)
    let logits = smallNetwork.activations(smallParameters, batch.inputs).last!
    var random = RandomStream(seed: 1).generator()
    let drawn = FisherDiagonal.draw(from: logits.softmax(), &random)
    #expect(drawn != batch.labels)
    let expected = slowMean(20) { row, label in drawn[row] == label ? 1 : 0 }
    #expect(distance(estimate(.sampled), expected) < 1e-6)
  }

  @Test func theMeanOfSampledOnesApproachesTheExactOne() {
    let exact = estimate(.exact)
    let draws = 400
    var sums = exact.map { Tensor.zeros($0.shape) }
    for seed in 0..<draws {
      for (index, one) in estimate(.sampled, seed: UInt64(seed)).enumerated() {
        sums[index] = sums[index] + one
      }
    }
    for (sum, exact) in zip(sums, exact) {
      let mean = sum / Float(draws)
      var error: Float = 0
      for (value, wanted) in zip(mean.elements, exact.elements) { error += abs(value - wanted) }
      #expect(error < 0.1 * trace(exact))
    }
    // That of the true labels is another matter.
    let ratio = trace(estimate(.empirical)[4]) / trace(exact[4])
    #expect(abs(ratio - 1) > 0.1)
  }

  @Test func labelsAreDrawnWithTheirProbabilities() {
    let rows = 20_000
    let probabilities = Tensor(
      [rows, 3], (0..<rows).flatMap { _ in [0.5, 0.125, 0.375] as [Float] })
    var random = RandomStream(seed: 9).generator()
    let drawn = FisherDiagonal.draw(from: probabilities, &random)
    for (label, share) in [0.5, 0.125, 0.375].enumerated() {
      #expect(abs(Double(drawn.count { $0 == label }) / Double(rows) - share) < 0.012)
    }
  }

  @Test func theSquareOfTheMeanGradientIsMuchSmaller() {
    let (_, mean) = smallNetwork.lossAndGradient(smallParameters, on: examples.minibatch(0..<20))
    #expect(trace(mean[0].squared()) < 0.5 * trace(estimate(.empirical)[0]))
  }

  // MARK: Overlap

  /// Two layers of two parameters each, weight and bias.
  func diagonal(_ values: [Float]) -> [Tensor] { values.map { Tensor([1], [$0]) } }

  @Test func overlapIsOneForProportionalAndZeroForDisjointDiagonals() {
    let overlap = FisherDiagonal.overlap(diagonal([1, 3, 2, 0]), diagonal([10, 30, 0, 7]))
    #expect(abs(overlap[0] - 1) < 1e-12 && abs(overlap[1]) < 1e-12)
    #expect(FisherDiagonal.overlap(diagonal([0, 0]), diagonal([1, 1])) == [0])
  }

  @Test func overlapByHand() {
    // Traces 4 and 2: (1/4, 3/4) and (1/2, 1/2); 1 - d² = √(1/8) + √(3/8).
    let overlap = FisherDiagonal.overlap(diagonal([1, 3]), diagonal([1, 1]))
    let expected = 0.125.squareRoot() + 0.375.squareRoot()
    #expect(abs(overlap[0] - expected) < 1e-12)
  }
}
