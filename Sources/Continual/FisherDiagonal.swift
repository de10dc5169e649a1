import Randomness
import Tensors

/// Whose labels the gradients are taken for that the Fisher information is the mean square of.
public enum FisherLabels: String, Sendable, CaseIterable {
  /// One label for each example, drawn from the model's own distribution.
  case sampled
  /// The expectation over all labels under the model's own distribution.
  case exact
  /// The true labels: the "empirical Fisher", which differs from the Fisher information where the model errs.
  case empirical
}

/// The diagonal of a network's Fisher information: the mean over examples of the squares of each one's
/// gradient of log p(y|x).
///
/// An example's gradient with respect to a weight is the product of what the layer took in and the
/// cotangent of what it gave, so the mean of squares is one product per layer: (a²)ᵀ(δ²)/n. It is not the
/// square of a mean gradient, which would be smaller by about the number of examples.
///
/// Reference: Kirkpatrick et al. (2017), Overcoming catastrophic forgetting in neural networks, equation 3.
public enum FisherDiagonal {
  /// - Parameters:
  ///   - count: How many of the examples are used, the first ones.
  ///   - stream: Where sampled labels are drawn from.
  /// - Returns: One tensor for each parameter, shaped like it.
  /// - Precondition: 1 <= `count` <= number of examples.
  public static func estimate(
    _ network: DenseNetwork, _ parameters: [Tensor], on examples: TaskExamples, count: Int,
    labels: FisherLabels, from stream: RandomStream
  ) -> [Tensor] {
    precondition(1 <= count && count <= examples.count, "\(count) of \(examples.count) examples")
    var sums = network.parameterShapes.map(Tensor.zeros)
    var random = stream.generator()
    for batch in examples.blocks(ofFirst: count) {
      let activations = network.activations(parameters, batch.inputs)
      let squares = activations.map { $0.squared() }
      let slopes = slopes(activations.last!.softmax(), batch, labels, &random)
      for slope in slopes {
        let cotangents = network.cotangents(parameters, activations, ofLogits: slope)
        for (layer, cotangent) in cotangents.enumerated() {
          let square = cotangent.squared()
          let width = square.shape[1]
          sums[2 * layer] = sums[2 * layer] + squares[layer].product(square, transposing: true)
          sums[2 * layer + 1] =
            sums[2 * layer + 1] + square.summed(to: [1, width]).reshaped([width])
        }
      }
    }
    return sums.map { $0 / Float(count) }
  }

  /// Cotangents of the logits, `[examples, classes]`, the sum of whose squared gradients is wanted: p - e_y
  /// for one label y of each example, or √p_c (p - e_c) for every class c.
  private static func slopes(
    _ probabilities: Tensor, _ batch: Minibatch, _ labels: FisherLabels,
    _ random: inout RandomGenerator
  ) -> [Tensor] {
    let classes = probabilities.shape[1]
    func slope(_ labels: [Int]) -> Tensor { probabilities - .oneHot(labels, classes: classes) }
    switch labels {
    case .empirical:
      return [slope(batch.labels)]
    case .sampled:
      return [slope(draw(from: probabilities, &random))]
    case .exact:
      let roots = probabilities.squareRoot()
      return (0..<classes).map { label in
        let root = roots.sliced(column: label)
        return slope(Array(repeating: label, count: batch.count)) * root
      }
    }
  }

  /// A class for each row of `[examples, classes]`, drawn with the row's probabilities.
  package static func draw(from probabilities: Tensor, _ random: inout RandomGenerator) -> [Int] {
    let classes = probabilities.shape[1]
    return probabilities.withElements { elements in
      (0..<probabilities.shape[0]).map { row in
        var rest = random.uniform()
        for label in 0..<classes - 1 {
          rest -= Double(elements[row * classes + label])
          if rest < 0 { return label }
        }
        return classes - 1
      }
    }
  }

  /// How much two diagonals have in common, layer by layer: 1 if they are proportional, 0 if no parameter
  /// matters to both.
  ///
  /// Both are scaled to a trace of 1 within the layer (weights and biases together); with
  /// d² = ½ Σ (√F₁ - √F₂)² the overlap is 1 - d². Where one of them vanishes, nothing is in common: 0.
  ///
  /// Reference: Kirkpatrick et al. (2017), supplement, section 4.3.
  ///
  /// - Parameters:
  ///   - first: Two tensors for each layer, as ``estimate(_:_:on:count:labels:from:)`` returns them.
  ///   - second: The same of another task.
  public static func overlap(_ first: [Tensor], _ second: [Tensor]) -> [Double] {
    stride(from: 0, to: first.count, by: 2).map { place in
      let a = first[place].elements + first[place + 1].elements
      let b = second[place].elements + second[place + 1].elements
      let traces = [a, b].map { $0.reduce(0) { $0 + Double($1) } }
      guard traces[0] > 0, traces[1] > 0 else { return 0 }
      var distance = 0.0
      for (x, y) in zip(a, b) {
        let difference =
          (Double(x) / traces[0]).squareRoot() - (Double(y) / traces[1]).squareRoot()
        distance += difference * difference
      }
      return 1 - distance / 2
    }
  }
}

extension Tensor {
  /// One column of `[rows, columns]`, as `[rows, 1]`.
  fileprivate func sliced(column: Int) -> Tensor {
    let (rows, columns) = (shape[0], shape[1])
    return Tensor([rows, 1]) { out in
      withElements { elements in
        for row in 0..<rows { out[row] = elements[row * columns + column] }
      }
    }
  }
}
