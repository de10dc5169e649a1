import Tensors

/// Normal distributions with independent coordinates, one in each row.
package struct DiagonalGaussian: Sendable {
  /// `[rows, dimensions]`.
  package let mean: Tensor
  /// `[rows, dimensions]`.
  package let logVariance: Tensor

  /// Distributions from their parts.
  package init(mean: Tensor, logVariance: Tensor) {
    self.mean = mean
    self.logVariance = logVariance
  }

  /// Those that a layer's outputs `[rows, 2 · dimensions]` describe, means first. Variances stay within
  /// exp(±10).
  package init(_ outputs: Tensor) {
    let parts = outputs.split(1, into: 2)
    self.init(mean: parts[0], logVariance: parts[1].clamped(to: -10...10))
  }

  /// Of mean 0 and variance 1.
  package static func standard(_ shape: Shape) -> DiagonalGaussian {
    DiagonalGaussian(mean: .zeros(shape), logVariance: .zeros(shape))
  }

  /// μ + σ ε.
  package func sample(_ ε: Tensor) -> Tensor { mean + (logVariance * 0.5).exp() * ε }

  /// KL(self ‖ other) = ½ Σ (log σ₂² − log σ₁² + (σ₁² + (μ₁ − μ₂)²) / σ₂² − 1), row by row: `[rows, 1]`.
  package func divergence(from other: DiagonalGaussian) -> Tensor {
    let difference = logVariance - other.logVariance
    let apart = (mean - other.mean).squared() * (-other.logVariance).exp()
    let terms = difference.exp() + apart - difference + -1
    return terms.summed(to: [mean.shape[0], 1]) * 0.5
  }

  /// These rows, each `count` times: one after the other as wholes, or each row's copies together.
  func repeated(_ count: Int, together: Bool) -> DiagonalGaussian {
    func repeated(_ x: Tensor) -> Tensor { together ? x.repeatingEachRow(count) : x.repeatingAllRows(count) }
    return DiagonalGaussian(mean: repeated(mean), logVariance: repeated(logVariance))
  }
}
