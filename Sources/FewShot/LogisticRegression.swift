import Optimizers
import Randomness
import Tensors

/// Multinomial logistic regression with a penalty on the weights, in double precision: what scikit-learn's
/// `LogisticRegression(C:)` minimizes.
///
///     W, b ← argmin of ½ Σ W² + C Σ over examples of cross-entropy(softmax(W z + b), y)
package struct LogisticRegression: Sendable {
  /// By class: the weights of all features, then the bias.
  private let weights: [Double]
  private let features: Int
  private let way: Int

  /// Fits some examples.
  ///
  /// - Parameters:
  ///   - z: `[examples, features]`.
  ///   - strength: C, the weight of the examples.
  package init(_ z: Tensor, labels: [Int], way: Int, strength: Double) {
    let features = z.shape[1]
    let rows = z.elements.map(Double.init)
    let width = features + 1
    self.way = way
    self.features = features
    weights = LBFGS().minimum(
      of: { weights in
        var value = 0.0
        var gradient = [Double](repeating: 0, count: weights.count)
        for k in 0..<way {
          for place in k * width..<k * width + features {
            value += weights[place] * weights[place] / 2
            gradient[place] = weights[place]
          }
        }
        for (example, label) in labels.enumerated() {
          let z = rows[example * features..<(example + 1) * features]
          let scores = (0..<way).map { k in
            zip(z, weights[k * width..<k * width + features]).reduce(weights[k * width + features]) { $0 + $1.0 * $1.1 }
          }
          let largest = scores.max()!
          let powers = scores.map { Elementary.exp($0 - largest) }
          let sum = powers.reduce(0, +)
          value += strength * (Elementary.log(sum) + largest - scores[label])
          for k in 0..<way {
            let slope = strength * (powers[k] / sum - (k == label ? 1 : 0))
            for (place, number) in zip((k * width)..., z) { gradient[place] += slope * number }
            gradient[k * width + features] += slope
          }
        }
        return (value, gradient)
      }, from: [Double](repeating: 0, count: way * width))
  }

  /// W z + b: `[examples, way]`.
  package func scores(_ z: Tensor) -> Tensor {
    let (features, way) = (features, way)
    return Tensor([z.shape[0], way]) { out in
      z.withElements { z in
        for place in out.indices {
          let (example, k) = (place / way, place % way)
          var score = weights[k * (features + 1) + features]
          for feature in 0..<features {
            score += weights[k * (features + 1) + feature] * Double(z[example * features + feature])
          }
          out[place] = Float(score)
        }
      }
    }
  }
}
